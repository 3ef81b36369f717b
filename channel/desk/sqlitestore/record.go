package sqlitestore

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"time"

	"github.com/reputekit/reputation/channel/desk"
)

// A record is one value as it stands in the file: its bytes that are kept as they are, what else there is of it as
// JSON, and a checksum over both.
type record struct {
	head, body []byte
	sum        int64
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sumOf(head, body []byte) int64 {
	return int64(crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, body))
}

func recorded(v any, body []byte) (record, error) {
	head, err := json.Marshal(v)
	return record{head: head, body: body, sum: sumOf(head, body)}, err
}

// into gives the value back.
func (r record) into(v any, what string) error {
	if sumOf(r.head, r.body) != r.sum {
		return fmt.Errorf("%w: the checksum of %s does not hold", ErrCorrupt, what)
	}
	if err := json.Unmarshal(r.head, v); err != nil {
		return fmt.Errorf("%w: %s cannot be read: %w", ErrCorrupt, what, err)
	}
	return nil
}

func ofRow(r desk.Row) (record, error) {
	body := r.State
	r.Address, r.State = desk.Address{}, nil
	return recorded(r, body)
}

func (r record) row(at desk.Address) (out desk.Row, err error) {
	err = r.into(&out, at.Kind+" "+at.ID)
	out.Address, out.State = at, r.body
	return out, err
}

func ofEntry(e desk.Entry) (record, error) {
	body := e.Body
	e.Address, e.Body = desk.Address{}, nil
	return recorded(e, body)
}

func (r record) entry(at desk.Address) (out desk.Entry, err error) {
	err = r.into(&out, "an entry of "+at.Kind+" "+at.ID)
	out.Address, out.Body = at, r.body
	return out, err
}

func ofOutbound(o desk.Outbound) (record, error) {
	body := o.Body
	o.Body = nil
	return recorded(o, body)
}

func (r record) outbound() (out desk.Outbound, err error) {
	err = r.into(&out, "a request")
	out.Body = r.body
	return out, err
}

func ofInbound(in desk.Inbound) (record, error) {
	body := in.Item.Raw
	in.Item.Raw = nil
	return recorded(in, body)
}

func (r record) inbound() (out desk.Inbound, err error) {
	err = r.into(&out, "an item")
	out.Item.Raw = r.body
	return out, err
}

func ofText(t desk.Text) (record, error) { return recorded(t, nil) }

func (r record) text() (out desk.Text, err error) { err = r.into(&out, "a text"); return out, err }

// instant is a point in time as it is compared: milliseconds since 1970, and the zero time before all others.
func instant(t time.Time) int64 { return t.UnixMilli() }

// dueAt is when a row is due; never is NULL.
func dueAt(t time.Time) sql.NullInt64 { return sql.NullInt64{Int64: instant(t), Valid: !t.IsZero()} }

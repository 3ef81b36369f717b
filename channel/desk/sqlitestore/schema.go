package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
)

// application marks a file as one of this package: "repu".
const application = 0x72657075

// migrations are how a file comes from one schema to the next; the nth makes schema n. They are never changed, only added
// to. Every record has a checksum over head and body. What is in a record stands in columns too where it is looked for.
//
// The tenant stands in every key but three that hold it already or are of no tenant: keys of requests and ids of events
// are made with it, and cursors are of channels.
var migrations = []string{`
CREATE TABLE rows (
	tenant TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
	revision INTEGER NOT NULL, due INTEGER, queue TEXT NOT NULL,
	head BLOB NOT NULL, body BLOB, sum INTEGER NOT NULL,
	UNIQUE (tenant, kind, id)
);
CREATE INDEX rows_due ON rows (due, tenant, kind, id) WHERE due IS NOT NULL;
CREATE INDEX rows_queue ON rows (tenant, kind, queue, id);
CREATE TABLE keys (
	tenant TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
	PRIMARY KEY (tenant, key)
) WITHOUT ROWID;
CREATE TABLE labels (
	tenant TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, queue TEXT NOT NULL, id TEXT NOT NULL,
	PRIMARY KEY (tenant, kind, label, queue, id)
) WITHOUT ROWID;
CREATE TABLE entries (
	tenant TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL,
	head BLOB NOT NULL, body BLOB, sum INTEGER NOT NULL,
	UNIQUE (tenant, kind, id, seq)
);
CREATE TABLE outbox (
	place INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
	tenant TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
	revision INTEGER NOT NULL, effect TEXT NOT NULL, lane TEXT NOT NULL, rank INTEGER NOT NULL, next INTEGER NOT NULL,
	open INTEGER NOT NULL, uncertain INTEGER NOT NULL, first INTEGER,
	head BLOB NOT NULL, body BLOB, sum INTEGER NOT NULL
);
CREATE INDEX outbox_open ON outbox (open) WHERE open = 1;
CREATE INDEX outbox_lane ON outbox (lane) WHERE open = 1;
CREATE INDEX outbox_ready ON outbox (rank, next) WHERE first = 1;
CREATE INDEX outbox_of ON outbox (id);
CREATE INDEX outbox_tenant ON outbox (tenant);
CREATE INDEX outbox_effect ON outbox (effect);
CREATE TABLE events (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE texts (
	tenant TEXT NOT NULL, channel TEXT NOT NULL, ref TEXT NOT NULL, rev INTEGER NOT NULL,
	head BLOB NOT NULL, body BLOB, sum INTEGER NOT NULL,
	PRIMARY KEY (tenant, channel, ref, rev)
) WITHOUT ROWID;
CREATE TABLE inbox (
	place INTEGER PRIMARY KEY, tenant TEXT NOT NULL, channel TEXT NOT NULL, item TEXT NOT NULL,
	waiting INTEGER NOT NULL,
	head BLOB NOT NULL, body BLOB, sum INTEGER NOT NULL,
	UNIQUE (tenant, channel, item)
);
CREATE INDEX inbox_waiting ON inbox (waiting) WHERE waiting = 1;
CREATE TABLE cursors (name TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID;
`, `
ALTER TABLE texts ADD COLUMN author TEXT NOT NULL DEFAULT '';
CREATE INDEX texts_author ON texts (tenant, channel, author) WHERE author <> '';
UPDATE inbox SET waiting = 2 WHERE waiting = 0 AND instr(head, CAST('"parked":' AS BLOB)) > 0;
CREATE INDEX inbox_parked ON inbox (tenant) WHERE waiting = 2;
`, `
ALTER TABLE texts ADD COLUMN at INTEGER;
CREATE INDEX texts_at ON texts (tenant, at) WHERE at IS NOT NULL;
`}

// migrate brings a file to the latest of the schemas, each in a transaction of its own.
func migrate(ctx context.Context, conn *sql.Conn, path string, schemas []string) error {
	for {
		if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
			return err
		}
		done, err := step(ctx, conn, path, schemas)
		if err != nil {
			_, _ = conn.ExecContext(ctx, "ROLLBACK")
			return err
		}
		if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
			_, _ = conn.ExecContext(ctx, "ROLLBACK")
			return err
		}
		if done {
			return nil
		}
	}
}

// step makes the next schema, unless the file has the latest.
func step(ctx context.Context, conn *sql.Conn, path string, schemas []string) (done bool, err error) {
	var version int
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, err
	}
	if version < 0 || version > len(schemas) {
		return false, &VersionError{Path: path, Found: version, Known: len(schemas)}
	}
	if version == len(schemas) {
		return true, nil
	}
	if _, err := conn.ExecContext(ctx, schemas[version]); err != nil {
		return false, fmt.Errorf("schema %d: %w", version+1, err)
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version+1))
	return false, err
}

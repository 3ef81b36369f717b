package surge

import (
	"strconv"
	"time"

	"github.com/reputekit/reputation/mention"
)

// Key names the row of a series. An empty category means all of a subject, an empty subject all of a category.
func Key(tenant, category, subject string) string {
	return mention.Key("surge", tenant, category, subject)
}

// CrowdKey names the row of a crowd: the strangers at a subject on a venue, which is named as its channel is.
func CrowdKey(tenant, venue, subject string) string {
	return mention.Key("crowd", tenant, venue, subject)
}

// ID names one surge of the row with a key: since is Reading.Since. It is the same at every mention of the surge, so
// what is opened or decided because of it happens once.
func ID(key string, since time.Time) string {
	return mention.Key("surge", key, strconv.FormatInt(mention.Instant(since).UnixMilli(), 10))
}

package notify_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/desktest"
	"github.com/reputekit/reputation/channel/desk/notify"
	"github.com/reputekit/reputation/respond/effect"
)

// Two firms carry text messages. The first is down tonight.
func Example() {
	down, up := &desktest.Pager{Refuses: []string{"ana"}}, &desktest.Pager{}
	pager := &notify.Failover{By: map[string][]desk.Notifier{"phone": {down, up}}}
	err := pager.Tell(context.Background(), "", "key", effect.Tell{Member: "ana", Contact: "phone", Address: "+34 600 000 000"})
	fmt.Println(err, len(down.Told()), len(up.Told()))
	err = pager.Tell(context.Background(), "", "key", effect.Tell{Member: "ana", Contact: "pigeon"})
	fmt.Println(err)
	// Output:
	// <nil> 1 1
	// pigeon: nothing carries to this kind of contact
}

func TestItHoldsWhatIsAskedOfNotifiers(t *testing.T) {
	down, up := &desktest.Pager{Refuses: []string{"desktest-member"}}, &desktest.Pager{}
	f := &notify.Failover{By: map[string][]desk.Notifier{"phone": {down, up}}, Else: []desk.Notifier{down, up}}
	desktest.Report(t, desktest.CheckNotifier(t.Context(), f))
}

// A hung carrier never answers.
type hung struct {
	desktest.Pager
	over chan struct{}
}

func (h *hung) Tell(context.Context, string, channel.Key, effect.Tell) error {
	<-h.over
	return errors.New("too late")
}

func TestACarrierThatHangsHasItsShareOfTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, up := &hung{over: make(chan struct{})}, &desktest.Pager{}
		f := &notify.Failover{By: map[string][]desk.Notifier{"phone": {h, h, up}}}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		began := time.Now()
		require.NoError(t, f.Tell(ctx, "", "key", effect.Tell{Member: "ana", Contact: "phone"}))
		assert.Equal(t, 20*time.Second, time.Since(began), "ten seconds for each of three")
		assert.Len(t, up.Told(), 1)
		close(h.over)
	})
}

func TestWhenAllHaveFailedTheLadderHearsOfIt(t *testing.T) {
	one, two := &desktest.Pager{Refuses: []string{"ana"}}, &desktest.Pager{Refuses: []string{"ana", "ben"}}
	f := &notify.Failover{Else: []desk.Notifier{one, two}}
	err := f.Tell(t.Context(), "", "key", effect.Tell{Member: "ana", Contact: "phone"})
	require.ErrorContains(t, err, "carrier 1 of phone")
	require.ErrorContains(t, err, "carrier 2 of phone")
	require.NoError(t, f.Approve(t.Context(), "", "key", effect.Approve{Member: "ben"}), "the first is enough")
	assert.Empty(t, two.Asked())
}

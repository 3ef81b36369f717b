// Command bot answers what it may, and calls a person for the rest. Without arguments it does so for an hour of a world in
// memory; with -listen and -to it does so for a platform that speaks webhooks. Only the connector differs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/channel/webhook"
	"github.com/reputekit/reputation/mention"
)

var venue = mention.Venue{Channel: "chirp", Visibilities: []mention.Visibility{mention.Public, mention.Private},
	Max: 280, Measure: "weighted"}

func main() {
	listen := flag.String("listen", "", "where the platform delivers what was said, for instance :8080")
	to := flag.String("to", "", "the URL that takes our replies")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if *listen == "" {
		err = hour(ctx, os.Stdout)
	} else {
		err = serve(ctx, *listen, *to, os.Getenv("WEBHOOK_SECRET"))
	}
	if err != nil {
		log.Fatal(err)
	}
}

// hour lets three people speak in a world in memory, and prints what the bot does.
func hour(ctx context.Context, out io.Writer) error {
	now := time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC) // a Tuesday, 10:00 in Madrid
	clock := func() time.Time { return now }
	world := &memory.Channel{Venue: venue, Now: clock}
	bot, err := New(world, out, clock) // for a platform of your own this is the line to change
	if err != nil {
		return err
	}
	for _, said := range []struct{ by, text string }{
		{"ida", "Great ride with Fernway today, the driver was lovely!"},
		{"jon", "@fernway when does the last tram run tonight?"},
		{"kim", "Stuck at Mill Road for 40 minutes, no tram, @fernway"},
		{"lea", "There is smoke coming out of the Fernway tram at the bridge"},
	} {
		now = now.Add(5 * time.Minute)
		fmt.Fprintf(out, "%s @%s: %s\n", now.Format("15:04"), said.by, said.text)
		world.Post(mention.Mention{Author: mention.Author{Handle: said.by}, Text: said.text, Lang: "en", PostedAt: now})
		sent := len(world.Sent())
		for range 2 { // take it in and decide; carry it out
			if err := bot.Tick(ctx); err != nil {
				return err
			}
			now = now.Add(time.Minute)
		}
		for _, s := range world.Sent()[sent:] {
			fmt.Fprintf(out, "  the bot answers: %s\n", s.Text)
		}
	}
	return bot.Drain(ctx)
}

// serve runs the bot on a platform that delivers to us and takes our replies, until ctx is done.
func serve(ctx context.Context, listen, to, secret string) error {
	key, err := webhook.ParseSecret(secret)
	if err != nil {
		return fmt.Errorf("WEBHOOK_SECRET: %w", err)
	}
	keys := []webhook.Secret{key}
	platform, err := webhook.New(webhook.Options{Venue: venue, Secrets: keys, Remembers: 24 * time.Hour,
		To: webhook.Remote{URL: to, Secrets: keys, Client: &http.Client{Timeout: 20 * time.Second}}})
	if err != nil {
		return err
	}
	bot, err := New(platform, os.Stdout, time.Now)
	if err != nil {
		return err
	}
	server := &http.Server{Addr: listen, Handler: bot.Hook(time.Now), ReadHeaderTimeout: 5 * time.Second}
	ended := make(chan error, 2)
	go func() { ended <- server.ListenAndServe() }()
	go func() { ended <- bot.Run(ctx) }()
	err = <-ended
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if ctx.Err() != nil {
		err = nil // it was asked to stop
	}
	return errors.Join(err, server.Shutdown(last), bot.Drain(last))
}

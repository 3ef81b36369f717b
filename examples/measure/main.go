// Measure prints how well every built-in signal of package signal does, as the table that triage/signal/README.md
// quotes:
//
//	REPUTATION_DATA=../shared/data go run ./examples/measure
//
// The sets of real posts lie in the folder that REPUTATION_DATA names and are no part of the library; without them it
// says so and exits with 2. Where nobody has labelled real posts the sets are our own and lie in testdata. Of every set
// the odd rows are judged, and no list, weight or threshold was changed for them, but for the sets called fresh and unseen,
// of which triage/signal/README.md tells; -tuned judges the even rows instead.
// With -wrong reply_over it prints the rows of the even half that this signal gets wrong, and with -hits reply_over
// the first posts of customers that it speaks of.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/reputekit/reputation/triage/signal"
)

func main() {
	tuned := flag.Bool("tuned", false, "judge the rows that the lists were tuned on")
	wrong := flag.String("wrong", "", "print the rows of the tuned half that this `signal` gets wrong")
	hits := flag.String("hits", "", "print real posts that this `signal` speaks of")
	flag.Parse()
	out := bufio.NewWriter(os.Stdout)
	err := run(out, os.Getenv("REPUTATION_DATA"), *tuned, *wrong, *hits)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// run prints the table, or the rows asked for.
func run(out io.Writer, dir string, tuned bool, wrong, hits string) error {
	lists, err := signal.New()
	if err != nil {
		return err
	}
	data, err := readData(dir)
	if err != nil {
		return err
	}
	m := &meter{lists: lists, data: data, tuned: tuned || wrong != "", wrong: wrong, out: out}
	if hits != "" {
		return m.printHits(hits)
	}
	if wrong == "" {
		m.heading()
	}
	m.sentiment()
	m.real()
	m.own()
	return m.err
}

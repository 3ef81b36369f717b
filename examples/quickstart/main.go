// Quickstart plays one day at the desk of an airline that does not exist, in virtual time through the real desk, and
// prints what was decided and why. It also reads a file of your own.
//
//	go run ./examples/quickstart                    the day on one screen
//	go run ./examples/quickstart -all               the queue, the timeline and the figures
//	go run ./examples/quickstart -why c101          one case explained: chirp's item c101; or -why incident
//	go run ./examples/quickstart -change FILE       what another policy would have done to this day
//	go run ./examples/quickstart -json              the same as data
//	go run ./examples/quickstart -print-desk        the specifications of the day, to be changed
//	go run ./examples/quickstart -in FILE -fields text=body,id=post_id,author=user,at=created -desk FILE
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	_ "time/tzdata" // the day has people in Oslo and in Mexico City, whatever this machine knows of zones
)

// How the program ends.
const (
	exitOK    = 0
	exitRows  = 1 // some rows of the input could not be read; the others were
	exitUsage = 2 // it was asked for something it cannot do, or a file is unreadable
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)) }

// An order is what the command line asks for.
type order struct {
	all, json, printDesk              bool
	why, change, input, fields, specs string
}

// A usage is an error of whoever typed the command.
type usage string

func (u usage) Error() string { return string(u) }

// run is the program with everything it touches as an argument, so that a test can run it.
func run(args []string, in io.Reader, out, errs io.Writer, env func(string) string) int {
	o, err := parse(args, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		fmt.Fprintln(errs, "quickstart:", printable(err.Error()))
		return exitUsage
	}
	bad, err := o.do(in, out, errs, paintFor(out, env))
	switch {
	case err != nil:
		fmt.Fprintln(errs, "quickstart:", printable(err.Error()))
		return exitUsage
	case bad > 0:
		return exitRows
	}
	return exitOK
}

func parse(args []string, errs io.Writer) (order, error) {
	var o order
	f := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	f.SetOutput(errs)
	f.BoolVar(&o.all, "all", false, "print the queue, the timeline and the figures of the day")
	f.BoolVar(&o.json, "json", false, "print the same as JSON")
	f.BoolVar(&o.printDesk, "print-desk", false, "print the specifications of the day, as -desk takes them")
	f.StringVar(&o.why, "why", "", "explain one case, by its `ID`, that of a mention or its author: c101, @gate_seven; or the incident")
	f.StringVar(&o.change, "change", "", "compare with the policy in `FILE`: a policy, or a desk file with one")
	f.StringVar(&o.input, "in", "", "judge the mentions in `FILE`: JSON Lines or CSV, gzip too, - for standard input")
	f.StringVar(&o.fields, "fields", "", "how the input names things: text=body,id=post_id,author=user,at=created")
	f.StringVar(&o.specs, "desk", "", "judge the input by the specifications in `FILE`, one JSON document")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, usage("see -help")
	}
	var empty error
	f.Visit(func(given *flag.Flag) {
		if given.Value.String() == "" { // a variable of a script that is not set, most likely
			empty = usage("-" + given.Name + " is given and empty")
		}
	})
	return o, cmp.Or(empty, o.check(f.Args()))
}

// check refuses what does not go together, rather than guess.
func (o order) check(rest []string) error {
	var modes []string
	for _, m := range []struct {
		name string
		on   bool
	}{{"-all", o.all}, {"-why", o.why != ""}, {"-change", o.change != ""}, {"-print-desk", o.printDesk}} {
		if m.on {
			modes = append(modes, m.name)
		}
	}
	switch {
	case len(rest) > 0:
		return usage(fmt.Sprintf("%q is not understood: a file is given with -in", rest[0]))
	case len(modes) > 1:
		return usage(strings.Join(modes, " and ") + " do not go together")
	case o.input == "" && o.fields != "":
		return usage("-fields says how the file of -in names things: it needs -in")
	case o.input == "" && o.specs != "" && !o.printDesk:
		return usage("-desk judges the file of -in; to see what another policy does to the shipped day use -change")
	case o.input != "" && (o.all || o.printDesk):
		return usage(modes[0] + " is about the shipped day and does not go with -in")
	}
	return nil
}

// do does what is asked and says how many rows of the input could not be read.
func (o order) do(in io.Reader, out, errs io.Writer, p paint) (bad int, err error) {
	specs, raw, err := loadSpecs(o.specs)
	if err != nil {
		return 0, err
	}
	if o.printDesk {
		_, err := out.Write(raw)
		return 0, err
	}
	rules, err := compiled(specs, orShipped(o.specs))
	if err != nil {
		return 0, err
	}
	if o.input != "" {
		return o.doInput(rules, in, out, errs, p)
	}
	return 0, o.doDay(rules, out, p)
}

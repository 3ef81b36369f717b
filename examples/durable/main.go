// Durable plays the quickstart's day on a store that outlives its process. The desk is killed three times, as kill -9
// does it, twice at the worst of moments: when an answer is out and the desk has not heard of it. Each time it is started
// again and goes on where it was.
//
//	go run ./examples/durable            in a folder that is thrown away
//	go run ./examples/durable -dir DIR   in a folder of your own: what happened stays there
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	_ "time/tzdata" // the day has people in Oslo and in Mexico City
)

// deaths are how the lives of the desk end: with an answer that has just gone out, counted from the beginning of that
// life, or at a time of day. The life after the last of them ends by itself, with the day.
var deaths = []string{"answer 2", "12:00", "answer 1"}

// life is the variable that makes this program one life of the desk, with its death as the value.
const life = "DURABLE_LIFE"

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "durable:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("durable", flag.ContinueOnError)
	dir := f.String("dir", "", "where the store and the platforms stand; empty: a folder that is thrown away")
	if err := f.Parse(args); err != nil {
		return err
	}
	if death, child := os.LookupEnv(life); child {
		return live(ctx, *dir, death, out)
	}
	if *dir == "" {
		temporary, err := os.MkdirTemp("", "durable-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		*dir = temporary
	}
	for _, death := range append(deaths[:len(deaths):len(deaths)], "") {
		if err := oneLife(ctx, *dir, death, out); err != nil {
			return err
		}
	}
	return report(ctx, *dir, out)
}

// oneLife starts this program again as a process that is the desk, tells what it says, and kills it when it is to die.
func oneLife(ctx context.Context, dir, death string, out io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "-dir", dir)
	cmd.Env = append(os.Environ(), life+"="+death)
	cmd.Stderr = os.Stderr
	said, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	killed := false
	for lines := bufio.NewScanner(said); lines.Scan(); {
		line, dies := strings.CutPrefix(lines.Text(), dying)
		fmt.Fprintln(out, line)
		if dies {
			killed = true
			if err := cmd.Process.Kill(); err != nil {
				return err
			}
			fmt.Fprintln(out, "      killed")
		}
	}
	err = cmd.Wait()
	switch {
	case killed:
		return nil
	case err == nil && death != "":
		return errors.New("the day was over before " + death)
	}
	return err
}

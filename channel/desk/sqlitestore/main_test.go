package sqlitestore_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// children are what this test program does when a test starts it again as a process of its own.
var children = map[string]func(context.Context, *child) error{
	"desk":  deskChild,
	"count": countChild,
}

// variable names the child that a process is to be.
const variable = "SQLITESTORE_TEST_CHILD"

func TestMain(m *testing.M) {
	do := children[os.Getenv(variable)]
	if do == nil {
		os.Exit(m.Run())
	}
	if err := do(context.Background(), &child{args: os.Args[1:]}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// A child is a process that a test has started, seen from inside.
type child struct {
	args []string
	mu   sync.Mutex
}

// say writes one line for the parent. What was said before the process is killed is read by the parent.
func (c *child) say(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintf(os.Stdout, format+"\n", args...)
}

// command is this program as a child.
func command(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(os.Environ(), variable+"="+name)
	cmd.Stderr = os.Stderr
	return cmd
}

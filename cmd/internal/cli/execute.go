// Package cli is what commands share: how they are called and end, help, hints,
// usage errors, completions, the progress bar, and JSON and CSV.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Execute is a whole program but for the exit: it runs the command that args
// name, prints its error if there is one, and returns the exit status.
func Execute(root *cobra.Command, args []string, stdout, stderr io.Writer) int {
	does := onSignal(root, args) // now: while the command runs, it is not to be looked at
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stdout, stderr = Output(ctx, stdout), Output(ctx, stderr)
	heard, answered := make(chan struct{}), make(chan struct{})
	stop := onSignals(cancel, func() {
		close(heard)
		cancel() // first: perhaps nobody takes the answer
		answer(root.Name(), does, stderr)
		close(answered)
	})
	defer stop()
	done := make(chan struct{})
	defer close(done)
	if does == ending {
		context.AfterFunc(ctx, func() { endWithin(patience, done, root.Name(), stderr) })
	}
	status, line := Run(ctx, root, args, pipeWriter{stdout, cancel}, stderr)
	select {
	case <-heard:
		<-answered
	default:
	}
	if line != "" {
		fmt.Fprintln(stderr, line)
	}
	return status
}

// onInterrupt annotates a command with what it does when it is interrupted.
const onInterrupt = "targetprop_interrupt"

// OnInterrupt says what a command does when it is interrupted, as "saving".
func OnInterrupt(cmd *cobra.Command, does string) {
	cmd.Annotations = map[string]string{onInterrupt: does}
}

// onSignal is what the command that args name does when it is interrupted.
func onSignal(root *cobra.Command, args []string) string {
	if cmd, _, err := root.Find(args); err == nil && cmd.Annotations[onInterrupt] != "" {
		return cmd.Annotations[onInterrupt]
	}
	return ending
}

// ending is what a command does that has nothing to save, and patience how long it may take: a
// minibatch can take hours, if somebody asks for 65,536 iterations.
const (
	ending   = "ending"
	patience = 5 * time.Second
)

// endWithin ends the process unless it is done before the time is over.
func endWithin(limit time.Duration, done <-chan struct{}, program string, stderr io.Writer) {
	select {
	case <-done:
	case <-time.After(limit):
		fmt.Fprintf(stderr, "%s: interrupted\n", program)
		os.Exit(StatusFailed)
	}
}

// answer answers the first signal.
func answer(program, does string, w io.Writer) {
	if f, _ := terminalOf(w); f != nil { // below the progress bar
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s: interrupted; %s. Ctrl-C again ends at once\n", program, does)
}

// Run runs the command that args name, and returns the exit status and the line
// about the error, if there is one.
func Run(ctx context.Context, root *cobra.Command, args []string, stdout, stderr io.Writer) (code int, line string) {
	out := &stickyWriter{w: stdout}
	root.SetOut(plainWriter{out})
	root.SetErr(plainWriter{stderr})
	root.SetArgs(args)
	addCompletion(root) // it takes the output as it is when it is made
	err := root.ExecuteContext(ctx)
	if out.err != nil && (err == nil || errors.Is(err, out.err)) { // else the command has more to say
		if errors.Is(out.err, syscall.EPIPE) {
			return StatusFailed, "" // as with head: the reader has what it wanted
		}
		err = failure{fmt.Errorf("standard output: %w", out.err)}
	}
	if err != nil {
		line = plainLines(root.Name() + ": " + message(err, root))
	}
	return status(err), line
}

// message is the line for the user.
func message(err error, root *cobra.Command) string {
	text := err.Error()
	// The one error that cobra words by itself.
	var name string
	if n, _ := fmt.Sscanf(text, "unknown command %q", &name); n == 1 {
		return unknownCommand(root, name)
	}
	// Which package found the mistake says nothing to a user.
	for _, pkg := range []string{"model: ", "kernels: ", "feedforward: ", "credit: ", "labelled: ", "reward: "} {
		text = strings.TrimPrefix(text, pkg)
		text = strings.ReplaceAll(text, ": "+pkg, ": ")
	}
	return text
}

func unknownCommand(root *cobra.Command, name string) string {
	if like := root.SuggestionsFor(name); len(like) > 0 {
		return fmt.Sprintf("unknown command %q; did you mean %s?", name, strings.Join(like, " or "))
	}
	return fmt.Sprintf("unknown command %q; %s", name, seeHelp(root))
}

// Command targetprop-mpi is targetprop in a group of processes that MPI starts:
//
//	mpirun -n 4 targetprop-mpi train --data mnist
//
// The number of processes changes no bit of what comes out. See docs/cluster.md.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/targetprop/targetprop/cmd/program"
	"github.com/targetprop/targetprop/mpi"
)

func main() {
	g, err := mpi.Start()
	if err != nil {
		fmt.Fprintf(os.Stderr, "targetprop-mpi: %v\n", err)
		os.Exit(1)
	}
	os.Exit(run(g, os.Args[1:]))
}

// run is the program in a group.
func run(g *mpi.Group, args []string) int {
	asked, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(asked, func() {
		g.Interrupt()
		stop() // a second signal ends the process at once
	})
	errors := program.Output(asked, os.Stderr)
	stdout, stderr := program.Output(asked, os.Stdout), errors
	if g.Rank() != 0 {
		stdout, stderr = io.Discard, io.Discard
	}
	status, line := program.Together(g.Context(), g, args, stdout, stderr)
	if g.Rank() == 0 {
		g.WriteProfile(errors)
	}
	return g.End(status, line, errors)
}

// Package launch starts MPI jobs on this machine, for tests and benchmarks.
package launch

import (
	"context"
	"os"
	"os/exec"
	"strconv"
)

// Part is processes of a job that are started alike.
type Part struct {
	Ranks int
	Dir   string   // to start in; "" is this process's
	Env   []string // beside this process's
	Args  []string // the program and its arguments
}

// Job is an mpirun of the parts, their ranks in order. It may have more ranks
// than there are cores, and root may start it.
func Job(ctx context.Context, parts ...Part) *exec.Cmd {
	var args []string
	for i, p := range parts {
		if i > 0 {
			args = append(args, ":")
		}
		args = append(args, "-n", strconv.Itoa(p.Ranks))
		if p.Dir != "" {
			args = append(args, "-wdir", p.Dir)
		}
		if len(p.Env) > 0 { // the launchers have no common way
			args = append(append(args, "env"), p.Env...)
		}
		args = append(args, p.Args...)
	}
	cmd := exec.CommandContext(ctx, Launcher, args...)
	cmd.Env = append(os.Environ(), environment...)
	return cmd
}

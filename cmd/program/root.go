// Package program is the program targetprop as a function. It is importable for
// the sake of targetprop-mpi, which runs its commands in a group of processes;
// it has no stable interface.
//
// A command is one file: its flags, its help and its text.
package program

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/model"
)

// Execute is the whole program but for the exit.
func Execute(args []string, stdout, stderr io.Writer) int {
	return cli.Execute(newRoot(), args, stdout, stderr)
}

// Group is a group of processes that can measure what it costs.
type Group interface {
	model.Group
	Measure() // begins
}

// Together runs a command as one process of a group, and returns the exit status
// and the line about the error, if there is one. Commands that no group divides
// are not among them. The caller sees to it that only one process has an stdout
// and an stderr that anybody sees, and that ctx ends in all processes between the
// same two gathers.
func Together(ctx context.Context, g Group, args []string, stdout, stderr io.Writer) (status int, line string) {
	return cli.Run(ctx, newRootOf(g), args, stdout, stderr)
}

// Output is w, but for who writes there after the end of ctx: it keeps them waiting for a moment only.
func Output(ctx context.Context, w io.Writer) io.Writer { return cli.Output(ctx, w) }

// newRoot makes the program's command with all others below it.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "targetprop",
		Short: "Deep learning without back-propagation",
		Long: `targetprop trains a deep generative model of images without back-propagation,
after Bengio, Lee, Bornschein, Mesnard and Lin, "Towards Biologically Plausible
Deep Learning" (arXiv 1502.04156), draws samples from it and measures them. It
also trains classifiers, from labels or from rewards, by several rules of credit
assignment.`,
		Example: `  targetprop train                      # on the built-in digits, to runs/digits
  targetprop train --data mnist         # on all of MNIST, downloaded once
  targetprop data photos                # what a folder of pictures is
  targetprop watch                      # see the runs, play with the models
  targetprop finish                     # a model now, of a run that trains
  targetprop sample --n 64 --out digits.png
  targetprop train --task classify      # a classifier, to runs/digits-classify
  targetprop classify --mistakes mistakes.png
  targetprop eval
  targetprop fill --mask square --out filled.png
  targetprop stdp                       # Figure 1 of the paper, to stdp.png
  targetprop reproduce                  # all its figures and numbers
  targetprop info
  targetprop encode --out states.npz    # hidden states, for Python
  targetprop export --onnx encoder.onnx # for ONNX runtimes
  targetprop runs                       # list and compare them
  targetprop version`,
	}
	cli.Assemble(root, commands()...)
	return root
}

// commands are all commands of the program's own.
func commands() []*cobra.Command {
	return []*cobra.Command{
		newTrain(nil), newData(), newSample(nil), newClassify(nil), newEval(nil), newFill(), newFinish(), newWatch(), newSTDP(), newReproduce(nil), newInfo(),
		newEncode(), newExport(), newRuns(), newVersion(),
	}
}

// newRootOf makes the command of the program that runs in a group of processes.
func newRootOf(g Group) *cobra.Command {
	root := &cobra.Command{
		Use:   "targetprop-mpi",
		Short: "targetprop on many machines",
		Long: `targetprop-mpi is targetprop in a group of processes that MPI starts. Their
number changes no bit of what comes out. The flags of the commands are those of
targetprop; --threads is the threads of each process. Tasks of train other than
generate, classify and models with labels run in one process.`,
		Example: `  mpirun -n 4 targetprop-mpi train --data mnist
  mpirun -n 2 targetprop-mpi train --out runs/mnist --resume
  mpirun -n 4 targetprop-mpi eval --model runs/mnist/model.safetensors`,
	}
	cli.Assemble(root, newTrain(g), newSample(g), newClassify(g), newEval(g), newReproduce(g))
	profile := root.PersistentFlags().Bool("profile", false, "at the end, tell the times of gathers and of what is between them")
	root.PersistentPreRunE = cli.Action(func(cmd *cobra.Command) error {
		err := agreeOnFlags(g, cmd)
		if *profile {
			g.Measure()
		}
		return err
	})
	return root
}

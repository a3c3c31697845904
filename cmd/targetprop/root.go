package main

import (
	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
)

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
  targetprop sample --n 64 --out digits.png
  targetprop train --task classify      # a classifier, to runs/digits-classify
  targetprop classify --mistakes mistakes.png
  targetprop eval
  targetprop fill --mask square --out filled.png
  targetprop stdp                       # Figure 1 of the paper, to stdp.png
  targetprop reproduce                  # all its figures and numbers
  targetprop info`,
	}
	cli.Assemble(root, commands()...)
	return root
}

// commands are all commands of the program's own.
func commands() []*cobra.Command {
	return []*cobra.Command{
		newTrain(), newSample(), newClassify(), newEval(), newFill(), newSTDP(), newReproduce(), newInfo(),
	}
}

package main

import (
	"io"

	"github.com/spf13/cobra"
)

// constructors make the commands.
var constructors []func() *cobra.Command

// register adds a command to the program. A command's file calls it in init.
func register(constructor func() *cobra.Command) {
	constructors = append(constructors, constructor)
}

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "targetprop",
		Short: "Deep generative models without back-propagation",
		Long: `targetprop trains a deep generative model of images without back-propagation,
after Bengio, Lee, Bornschein, Mesnard and Lin, "Towards Biologically Plausible
Deep Learning" (arXiv 1502.04156), draws samples from it and measures them.`,
		Example: `  targetprop train                      # on the built-in digits, to runs/digits
  targetprop train --data mnist         # on all of MNIST, downloaded once
  targetprop sample --n 64 --out digits.png
  targetprop eval
  targetprop fill --mask square --out filled.png
  targetprop stdp                       # Figure 1 of the paper, to stdp.png
  targetprop reproduce                  # all its figures and numbers
  targetprop info`,
		Version:            version(),
		SilenceErrors:      true, // run prints them
		SilenceUsage:       true,
		DisableSuggestions: true, // message has them, on one line
		// SuggestionsFor takes this even so.
		SuggestionsMinimumDistance: 2,
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetVersionTemplate("targetprop {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(usage)
	root.SetHelpCommand(newHelp())
	for _, constructor := range constructors {
		cmd := constructor()
		cmd.Args = noArguments
		cmd.Flags().SortFlags = false
		root.AddCommand(cmd)
	}
	addCompletion(root)
	return root
}

// newHelp is cobra's help command, but a topic that does not exist is an error.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			topic, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usagef("no command %q to help with; %s", args[0], seeHelp(cmd.Root()))
			}
			topic.InitDefaultHelpFlag()
			topic.InitDefaultVersionFlag()
			return topic.Help()
		},
	}
}

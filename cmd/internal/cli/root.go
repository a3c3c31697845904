package cli

import (
	"github.com/spf13/cobra"
)

// Assemble gives the root command its commands, its version and its help, which
// has groups of flags. Commands without Args take no arguments. [Execute] prints errors.
func Assemble(root *cobra.Command, commands ...*cobra.Command) {
	root.Version = Version()
	root.SilenceErrors = true // Execute prints them
	root.SilenceUsage = true
	root.DisableSuggestions = true // message has them, on one line
	// SuggestionsFor takes this even so.
	root.SuggestionsMinimumDistance = 2
	root.SetVersionTemplate(root.Name() + " {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(usage)
	root.SetHelpCommand(newHelp())
	commands = append(commands, newMan())
	root.AddCommand(commands...)
	prepare(commands)
}

// prepare sets what all commands have in common, and those below them.
func prepare(commands []*cobra.Command) {
	for _, cmd := range commands {
		if cmd.Args == nil {
			cmd.Args = noArguments
		}
		cmd.Flags().SortFlags = false
		prepare(cmd.Commands())
	}
}

// newHelp is cobra's help command, but a topic that does not exist is an error.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			topic, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return Usagef("no command %q to help with; %s", args[0], seeHelp(cmd.Root()))
			}
			topic.InitDefaultHelpFlag()
			topic.InitDefaultVersionFlag()
			return topic.Help()
		},
	}
}

package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// addCompletion adds cobra's completion command, but a shell that it does not
// know is an error.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Args = noArguments
		cmd.RunE = Action(func(cmd *cobra.Command) error { return cmd.Help() })
		for _, shell := range cmd.Commands() {
			shell.Args = noArguments
		}
	}
}

// CompleteNames offers names, and nothing else.
func CompleteNames(names ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp)
}

// CompleteNamesOr offers the names and, once none of them fits, what otherwise
// does.
func CompleteNamesOr(names []string, otherwise cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var fit []cobra.Completion
		for _, name := range names {
			if strings.HasPrefix(name, typed) {
				fit = append(fit, name)
			}
		}
		if len(fit) == 0 {
			return otherwise(cmd, args, typed)
		}
		return fit, cobra.ShellCompDirectiveNoFileComp
	}
}

// CompleteExtensions offers files with the extensions.
func CompleteExtensions(extensions ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(extensions, cobra.ShellCompDirectiveFilterFileExt)
}

// CompleteFolders offers folders.
func CompleteFolders(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

package main

import (
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
		cmd.RunE = action(func(cmd *cobra.Command) error { return cmd.Help() })
		for _, shell := range cmd.Commands() {
			shell.Args = noArguments
		}
	}
}

// completions are the values that the shell offers for flags, whatever the
// command. Where there are none it offers files.
var completions = map[string]cobra.CompletionFunc{
	"data":      completeData,
	"method":    cobra.FixedCompletions([]string{methodGenerate, methodDirected}, cobra.ShellCompDirectiveNoFileComp),
	"optimizer": cobra.FixedCompletions([]string{"rmsprop", "sgd", "adam"}, cobra.ShellCompDirectiveNoFileComp),
	"model":     cobra.FixedCompletions([]string{"safetensors"}, cobra.ShellCompDirectiveFilterFileExt),
}

// completeFlags gives the command's flags their completions.
func completeFlags(cmd *cobra.Command) {
	for name, complete := range completions {
		if cmd.Flags().Lookup(name) == nil {
			continue
		}
		if err := cmd.RegisterFlagCompletionFunc(name, complete); err != nil {
			panic(err) // a flag was registered twice
		}
	}
}

// completeData offers the names and, once none of them fits, folders.
func completeData(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var fit []cobra.Completion
	for _, name := range namedData {
		if len(typed) <= len(name) && name[:len(typed)] == typed {
			fit = append(fit, name)
		}
	}
	if len(fit) == 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return fit, cobra.ShellCompDirectiveNoFileComp
}

// completeExtensions offers files with the extensions, completeFolders folders.
func completeExtensions(extensions ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(extensions, cobra.ShellCompDirectiveFilterFileExt)
}

func completeFolders(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// groupKey annotates a flag with the title of its group in the help.
const groupKey = "targetprop_group"

// InGroup adds flags to a command under a title of their own.
func InGroup(cmd *cobra.Command, title string, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Annotations == nil {
			f.Annotations = map[string][]string{}
		}
		f.Annotations[groupKey] = []string{title}
	})
	cmd.Flags().AddFlagSet(flags)
}

// usage writes the part of the help that follows the description: cobra's own
// has no groups of flags.
func usage(cmd *cobra.Command) error {
	var b strings.Builder
	line := cmd.UseLine()
	switch {
	case cmd.HasAvailableSubCommands() && cmd.Runnable():
		line = cmd.CommandPath() + " [COMMAND] [flags]"
	case cmd.HasAvailableSubCommands():
		line = cmd.CommandPath() + " COMMAND [flags]"
	}
	fmt.Fprintf(&b, "Usage:\n  %s\n", line)
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", strings.TrimRight(cmd.Example, "\n"))
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\nCommands:\n")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(&b, "  %-*s  %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	for _, g := range flagGroups(cmd.LocalFlags()) {
		fmt.Fprintf(&b, "\n%s:\n%s", g.title, g.flags.FlagUsagesWrapped(HelpWidth))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\nUse \"%s COMMAND --help\" for more about a command.\n", cmd.CommandPath())
	}
	_, err := cmd.OutOrStderr().Write([]byte(b.String()))
	return err
}

// HelpWidth is the width of a terminal that nobody has changed.
const HelpWidth = 80

type flagGroup struct {
	title string
	flags *pflag.FlagSet
}

// flagGroups are the flags in the order of their groups' first appearance,
// those without a group first.
func flagGroups(flags *pflag.FlagSet) []flagGroup {
	groups := []flagGroup{{title: "Flags"}}
	flags.VisitAll(func(f *pflag.Flag) {
		i := 0
		if titles := f.Annotations[groupKey]; len(titles) > 0 {
			for i = 1; i < len(groups) && groups[i].title != titles[0]; i++ {
			}
			if i == len(groups) {
				groups = append(groups, flagGroup{title: titles[0]})
			}
		}
		if groups[i].flags == nil {
			groups[i].flags = pflag.NewFlagSet("", pflag.ContinueOnError)
			groups[i].flags.SortFlags = flags.SortFlags
		}
		groups[i].flags.AddFlag(f)
	})
	if groups[0].flags == nil {
		return groups[1:]
	}
	return groups
}

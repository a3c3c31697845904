package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// newMan is the command that writes manual pages of all commands from their help.
func newMan() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "man [COMMAND]",
		Short: "Write manual pages",
		Long: `Writes the manual page of the program, or of a command, to the standard output.
With --out it writes those of all commands as files.`,
		Args: cobra.ArbitraryArgs,
	}
	cmd.Example = "  targetprop man train | man -l -\n  targetprop man --out /usr/local/share/man/man1"
	cmd.Flags().StringVar(&out, "out", "", "`folder` of the files, which is there; pages in it are replaced")
	_ = cmd.RegisterFlagCompletionFunc("out", CompleteFolders)
	cmd.RunE = ActionOn(func(cmd *cobra.Command, args []string) error {
		topic, rest, err := cmd.Root().Find(args)
		switch {
		case err != nil || len(rest) > 0:
			return Usagef("no command %q to write of; %s", strings.Join(args, " "), seeHelp(cmd))
		case out == "":
			_, err := io.WriteString(cmd.OutOrStdout(), manPage(topic))
			return err
		case len(args) > 0:
			return Usagef("--out writes the pages of all commands; leave %s out", strings.Join(args, " "))
		}
		if info, err := os.Stat(out); err != nil || !info.IsDir() {
			return fmt.Errorf("--out %s: want a folder that is there", out)
		}
		page := func(c *cobra.Command) string { return filepath.Join(out, manName(c)+".1") }
		topics := manTopics(cmd.Root())
		for _, c := range topics {
			if err := atomicfile.Check(page(c)); err != nil {
				return err
			}
		}
		for _, c := range topics {
			path := page(c)
			if err := atomicfile.WriteBytes(path, []byte(manPage(c))); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), path)
		}
		return nil
	})
	return cmd
}

// manTopics are the command and those below it that people see.
func manTopics(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			all = append(all, manTopics(sub)...)
		}
	}
	return all
}

// manName is the name of a page.
func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manPage is a page in the language of roff, with the macros of man(7).
func manPage(cmd *cobra.Command) string {
	var b strings.Builder
	cmd.InitDefaultHelpFlag()
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"%s\" \"%s\"\n", roffName(strings.ToUpper(manName(cmd))), cmd.Root().Name(), "Commands")
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roffName(manName(cmd)), roff(cmd.Short))
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " COMMAND [flags]"
	}
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(line))
	b.WriteString(".SH DESCRIPTION\n" + roffText(cmd.Long))
	for _, g := range flagGroups(cmd.LocalFlags()) {
		title := "OPTIONS"
		if g.title != "Flags" {
			title = strings.ToUpper(g.title)
		}
		fmt.Fprintf(&b, ".SH %s\n", roff(title))
		g.flags.VisitAll(func(f *pflag.Flag) { b.WriteString(roffFlag(f)) })
	}
	if cmd.HasExample() {
		b.WriteString(".SH EXAMPLES\n.nf\n" + roff(strings.TrimRight(cmd.Example, "\n")) + "\n.fi\n")
	}
	var others []string
	if cmd.HasParent() {
		others = append(others, `\fB`+roffName(manName(cmd.Parent()))+`\fR(1)`)
	}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			others = append(others, `\fB`+roffName(manName(sub))+`\fR(1)`)
		}
	}
	return b.String() + ".SH SEE ALSO\n" + strings.Join(others, ",\n") + "\n"
}

// roffFlag is a flag with its explanation.
func roffFlag(f *pflag.Flag) string {
	if f.Hidden {
		return ""
	}
	value, usage := pflag.UnquoteUsage(f)
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	text := `.TP` + "\n" + `\fB` + roff(name) + `\fR`
	if value != "" {
		text += ` \fI` + roff(value) + `\fR`
	}
	if d := f.DefValue; d != "" && d != "false" && d != "0" && d != "[]" && d != "0s" {
		usage += " (default " + d + ")"
	}
	return text + "\n" + roff(usage) + "\n"
}

// roffText is text whose indented lines stay as they are.
func roffText(text string) string {
	var b strings.Builder
	kept := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if indented := strings.HasPrefix(line, " "); indented != kept {
			b.WriteString(map[bool]string{true: ".nf\n", false: ".fi\n"}[indented])
			kept = indented
		}
		if line == "" {
			b.WriteString(".PP\n")
		} else {
			b.WriteString(roff(line) + "\n")
		}
	}
	if kept {
		b.WriteString(".fi\n")
	}
	return b.String()
}

// roffName is the name of a page, whose hyphens are hyphens.
func roffName(name string) string { return strings.ReplaceAll(name, "-", `\-`) }

// roff is text in which nothing is a command of roff.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

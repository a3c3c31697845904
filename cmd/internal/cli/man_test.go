package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// program is a command with what a page has to keep apart.
func program(do func(*cobra.Command) error) *cobra.Command {
	root := &cobra.Command{Use: "program", Short: "Does it", Long: "It does.\n.It does not.\n  kept  as it is\n\nWith --flags."}
	sub := &cobra.Command{Use: "sub", Short: "Does a part", Long: `C:\path 'quoted'`, Example: "  program sub --out x", RunE: Action(do)}
	sub.Flags().StringP("out", "o", "here", "`file` to write")
	advanced := &cobra.Command{}
	advanced.Flags().Int("depth", 0, "`number` of layers")
	InGroup(sub, "Advanced flags", advanced.Flags())
	Assemble(root, sub, &cobra.Command{Use: "secret", Hidden: true, RunE: Action(do)})
	return root
}

// manual runs the program.
func manual(t *testing.T, args ...string) (code int, out, line string) {
	t.Helper()
	var stdout bytes.Buffer
	code, line = Run(t.Context(), program(func(*cobra.Command) error { return nil }), args, &stdout, &stdout)
	return code, stdout.String(), line
}

func TestMan(t *testing.T) {
	_, out, line := manual(t, "man", "sub")
	want := `.TH PROGRAM\-SUB 1 "" "program" "Commands"
.SH NAME
program\-sub \- Does a part
.SH SYNOPSIS
.B program sub [flags]
.SH DESCRIPTION
C:\epath \(aqquoted\(aq
.SH OPTIONS
.TP
\fB\-o, \-\-out\fR \fIfile\fR
file to write (default here)
.TP
\fB\-h, \-\-help\fR
help for sub
.SH ADVANCED FLAGS
.TP
\fB\-\-depth\fR \fInumber\fR
number of layers
.SH EXAMPLES
.nf
  program sub \-\-out x
.fi
.SH SEE ALSO
\fBprogram\fR(1)
`
	if out != want || line != "" {
		t.Errorf("page\n%s\nwant\n%s", out, want)
	}
	_, out, _ = manual(t, "man")
	for _, want := range []string{".SH DESCRIPTION\nIt does.\n\\&.It does not.\n.nf\n  kept  as it is\n.fi\n.PP\nWith \\-\\-flags.\n", "program COMMAND [flags]", `\fBprogram\-sub\fR(1)`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "secret") {
		t.Error("what is hidden has a page")
	}
	dir := t.TempDir()
	if code, _, line := manual(t, "man", "--out", dir); code != StatusOK {
		t.Fatal(line)
	}
	for name, there := range map[string]bool{"program.1": true, "program-sub.1": true, "program-completion-zsh.1": true, "program-secret.1": false} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What cannot be written is found before anything is.
	spoilt := t.TempDir()
	if err := os.Mkdir(filepath.Join(spoilt, "program-sub.1"), 0o755); err != nil {
		t.Fatal(err)
	}
	if code, _, line := manual(t, "man", "--out", spoilt); code != StatusFailed || !strings.Contains(line, "program-sub.1") {
		t.Errorf("status %d, %s", code, line)
	}
	if entries, err := os.ReadDir(spoilt); err != nil || len(entries) != 1 {
		t.Errorf("%d pages were written, %v", len(entries)-1, err)
	}
	for want, args := range map[string][]string{"nonsense": {"man", "nonsense"}, "leave sub out": {"man", "sub", "--out", dir}} {
		if code, _, line := manual(t, args...); code != StatusUsage || !strings.Contains(line, want) {
			t.Errorf("%v: status %d, %s", args, code, line)
		}
	}
	if code, _, line := manual(t, "man", "--out", filepath.Join(dir, "none")); code != StatusFailed || !strings.Contains(line, "none") {
		t.Errorf("status %d, %s", code, line)
	}
}

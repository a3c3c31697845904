package cli

import (
	"bytes"
	"testing"

	"github.com/spf13/cobra"
)

// TestPlain: text from files moves no cursor, on the output and in errors.
func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"one line\n\tand ünïcode 例\n": "one line\n\tand ünïcode 例\n",
		"\x1b[2J\x1b]0;owned\x07":     `\x1b[2J\x1b]0;owned\a`,
		"a\rb\u202e\u009b\x7f":        `a\rb\u202e\u009b\x7f`,
		"\xff":                        "\ufffd",
	} {
		if got := Plain(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		var stdout bytes.Buffer
		root := &cobra.Command{Use: "program", RunE: Action(func(cmd *cobra.Command) error {
			_, err := cmd.OutOrStdout().Write([]byte(text))
			if err == nil {
				err = Usagef("%s", text)
			}
			return err
		})}
		Assemble(root)
		if _, line := Run(t.Context(), root, nil, &stdout, &stdout); line != "program: "+want || stdout.String() != want {
			t.Errorf("%q: the error %q, the output %q", text, line, stdout.String())
		}
	}
}

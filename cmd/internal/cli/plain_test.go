package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestPlain: text from files moves no cursor, on the output and in errors.
func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"one line\n\tand ünïcode 例\n": "one line\n\tand ünïcode 例\n",
		"\x1b[2J\x1b]0;owned\x07":     `\x1b[2J\x1b]0;owned\a`,
		"a\rb\u202e\u009b\x7f":        `a\rb\u202e\u009b\x7f`,
		"\U000f0000\"\\<\x00>":        `\U000f0000"\<\x00>`,
		"\xff":                        "\ufffd",
	} {
		var asJSON bytes.Buffer
		var back string
		err := WriteJSON(&asJSON, text)
		if shown := asJSON.String(); err != nil || plainLines(shown) != shown || json.Unmarshal(asJSON.Bytes(), &back) != nil || back != string([]rune(text)) {
			t.Errorf("%q is %q in JSON, and then %q; %v", text, &asJSON, back, err)
		}
		if got := plainLines(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if got, want := Plain(text), strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(want); got != want {
			t.Errorf("%q in a line became %q, want %q", text, got, want)
		}
		var stdout, stderr bytes.Buffer
		root := &cobra.Command{Use: "program", RunE: Action(func(cmd *cobra.Command) error {
			_, err := cmd.OutOrStdout().Write([]byte(text))
			cmd.PrintErr(text)
			if err == nil {
				err = Usagef("%s", text)
			}
			return err
		})}
		Assemble(root)
		if _, line := Run(t.Context(), root, nil, &stdout, &stderr); line != "program: "+want || stdout.String() != want || stderr.String() != want {
			t.Errorf("%q: the error %q, the outputs %q and %q", text, line, &stdout, &stderr)
		}
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[float64]string{0: "0 bytes", 999: "999 bytes", 999.7: "1 kB", 54.9e6: "54.9 MB", 999.6e6: "1 GB", 6.54e9: "6.54 GB", 1.2e13: "1.2e+04 GB"} {
		if got := Bytes(n); got != want {
			t.Errorf("%v is written %q, want %q", n, got, want)
		}
	}
}

package cli

import "testing"

func TestQuoteArgument(t *testing.T) {
	for arg, want := range map[string]string{"runs/a-b_1.0": "runs/a-b_1.0", "my run": "'my run'", "it's": `'it'\''s'`, "": "''", "$HOME": "'$HOME'"} {
		if got := quoteArgument(arg); got != want {
			t.Errorf("quoteArgument(%q) = %s, want %s", arg, got, want)
		}
	}
}

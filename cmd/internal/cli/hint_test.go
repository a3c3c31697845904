package cli

import "testing"

func TestQuoteArgument(t *testing.T) {
	for arg, want := range map[string]string{"runs/a-b_1.0": "runs/a-b_1.0", "my run": "'my run'", "it's": `'it'\''s'`, "": "''", "$HOME": "'$HOME'", "a\nb\x1b[31m": `$'a\nb\x1b[31m'`, "\\\n'": `$'\\\n\''`, "\xff": `$'\xff'`, "a\u202eb": `$'a\u202eb'`} {
		if got := quoteArgument(arg); got != want {
			t.Errorf("quoteArgument(%q) = %s, want %s", arg, got, want)
		}
	}
}

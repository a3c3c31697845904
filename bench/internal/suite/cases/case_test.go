package cases

import (
	"regexp"
	"testing"

	"github.com/targetprop/targetprop/bench/internal/table"
)

func TestMatches(t *testing.T) {
	c := Case{Rows: []table.Row{{Name: "Train/threads=1"}, {Name: "Train/threads=2"}}}
	for pattern, want := range map[string]bool{"": true, "threads=2": true, "^Train": true, "Sgemm": false} {
		if got := c.Matches(regexp.MustCompile(pattern)); got != want {
			t.Errorf("%q: %v, want %v", pattern, got, want)
		}
	}
}

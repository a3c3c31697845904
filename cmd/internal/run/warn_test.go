package run

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/task"
)

type guessing struct {
	task.Trainer // nobody asks it for more
	does         bool
}

func (g guessing) Guesses() bool { return g.does }

// TestWarnsOfGuesses: once, and not before learning had its time.
func TestWarnsOfGuesses(t *testing.T) {
	for _, does := range []bool{true, false} {
		var out strings.Builder
		w := &Warner{Out: &out}
		for n := range 17 {
			if err := w.Epoch(t.Context(), Epoch{Number: n, Of: 16, Trainer: guessing{does: does}}); err != nil {
				t.Fatal(err)
			}
		}
		if said := strings.Count(out.String(), "no better than a guess"); does != (said == 1) || said > 1 {
			t.Errorf("guesses %v: said %q", does, out.String())
		}
		if does && !strings.Contains(out.String(), "after 4 epochs") {
			t.Errorf("said %q", out.String())
		}
	}
}

package ranks

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
)

// TestAgree: if one process has an error, all have one.
func TestAgree(t *testing.T) {
	known := errors.New("known")
	if err := Agree(Alone{}, known, nil); err != known {
		t.Errorf("one alone: %v", err)
	}
	for _, size := range []int{2, 3, 7} {
		for bad := range size {
			grouptest.Together(t, size, func(g grouptest.Member) error {
				if err := Agree(g, nil, known); err != nil {
					t.Errorf("no error: %v", err)
				}
				for _, e := range []error{fmt.Errorf("row 4: %w", known), errors.New(strings.Repeat("long", 1000)), context.Canceled, context.DeadlineExceeded} {
					var own error
					if g.Rank() >= bad {
						own = e
					}
					err := Agree(g, own, known)
					switch {
					case own != nil && err != own:
						t.Errorf("its own error became %v", err)
					case own == nil && (err == nil || errors.Is(err, known) != errors.Is(e, known) || errors.Is(err, context.Canceled) != errors.Is(e, context.Canceled) || errors.Is(err, context.DeadlineExceeded) != errors.Is(e, context.DeadlineExceeded) || !strings.Contains(err.Error(), fmt.Sprintf("process %d of the group: %.99s", bad, e))):
						t.Errorf("rank %d: %v, want that of rank %d", g.Rank(), err, bad)
					}
				}
				return nil
			})
		}
	}
}

// TestWorkOfOneThatEnds: when the context of one process ends, all come back.
func TestWorkOfOneThatEnds(t *testing.T) {
	grouptest.Together(t, 3, func(g grouptest.Member) error {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		w := Work{Group: g, Rows: 50, AtATime: 5, Known: context.Canceled, Gather: func(int, []int) error { return nil }}
		w.Visit = func(lo, hi int) error {
			if g.Rank() == 1 && lo > 10 {
				cancel()
			}
			return nil
		}
		if err := w.Do(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("rank %d: %v", g.Rank(), err)
		}
		return nil
	})
}

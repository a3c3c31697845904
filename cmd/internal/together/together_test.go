package together

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
)

func TestDecide(t *testing.T) {
	grouptest.Together(t, 3, func(g grouptest.Member) error {
		for _, first := range []bool{true, false} {
			if said, err := Decide(g, first == (g.Rank() == 0)); err != nil || said != first {
				t.Errorf("rank %d: %v, want that of rank 0, %v; error %v", g.Rank(), said, first, err)
			}
		}
		if Writes(g) != (g.Rank() == 0) || Ranks(g) != "3 ranks, rank 0 with " {
			t.Errorf("rank %d: writes %v, %q", g.Rank(), Writes(g), Ranks(g))
		}
		return nil
	})
	if said, err := Decide(nil, true); err != nil || !said || !Writes(nil) || Ranks(nil) != "" {
		t.Errorf("alone: %v, error %v", said, err)
	}
}

// TestAgree: all ranks have the same error, with both values.
func TestAgree(t *testing.T) {
	for name, test := range map[string]struct {
		facts func(rank int) []Fact
		want  string
	}{
		"same":    {func(int) []Fact { return []Fact{{"a", "1"}, {"b", "2"}} }, ""},
		"none":    {func(int) []Fact { return nil }, ""},
		"other":   {func(rank int) []Fact { return []Fact{{"a", "1"}, {"b", strings.Repeat("x", rank/2)}} }, "b  in rank 0, b x in rank 2"},
		"missing": {func(rank int) []Fact { return []Fact{{"a", "1"}, {"b", "2"}}[:2-rank/3] }, "b 2 in rank 0, nothing in rank 3"},
	} {
		grouptest.Together(t, 4, func(g grouptest.Member) error {
			err := Agree(g, test.facts(g.Rank())...)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s, rank %d: error %v, want %q", name, g.Rank(), err, test.want)
			}
			return nil
		})
	}
	if err := Agree(nil, Fact{"a", "1"}); err != nil {
		t.Error(err)
	}
}

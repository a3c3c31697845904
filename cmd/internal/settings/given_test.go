package settings

import (
	"slices"
	"testing"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/model/credit"
)

// TestGiven: only what the user gave overrides, in the order in which it came.
func TestGiven(t *testing.T) {
	s, other := DefaultGenerate("mnist", nil), DefaultClassify(credit.Backprop, nil)
	flags := Flags(&s)
	flags.AddFlagSet(Flags(&other))
	flags.Bool("other", false, "")
	if err := flags.Parse([]string{"--lr", "0.5", "--other", "--layers", "3,2", "--batch", "100"}); err != nil {
		t.Fatal(err)
	}
	g := GivenBy(flags, &s)
	if !slices.Equal(g, Given{{"lr", "0.5"}, {"layers", "3,2"}, {"batch", "100"}}) {
		t.Errorf("given %q", g)
	}
	d := DefaultGenerate("digits", nil)
	epochs, batch := d.Training.Epochs, d.Training.Batch
	different, err := Override(&d, g)
	if err != nil {
		t.Fatal(err)
	}
	if batch != 100 || !slices.Equal(different, []string{"lr", "layers"}) {
		t.Errorf("different: %q", different)
	}
	if d.Training.Optimizer.Rate != 0.5 || d.Layers.String() != "3,2" || d.Training.Epochs != epochs || d.Training.Seed != 1 {
		t.Errorf("settings %+v", d)
	}
	if got := Of(&d, "layers", "lr"); !slices.Equal(got, Given{{"layers", "3,2"}, {"lr", "0.5"}}) {
		t.Errorf("values %q", got)
	}
	if err := flags.Parse([]string{"--rule", "fa"}); err != nil {
		t.Fatal(err)
	}
	if _, ok := GivenBy(flags, &s).Value("rule"); ok {
		t.Error("a setting of another task was taken")
	}
	if rule, ok := GivenBy(flags, &s, &other).Value("rule"); !ok || rule != "fa" {
		t.Errorf("rule %q, %v", rule, ok)
	}
}

// TestRoundTrip: what a flag shows, it reads.
func TestRoundTrip(t *testing.T) {
	generate, label, classify, reward := DefaultGenerate("mnist", nil), DefaultLabel(nil), DefaultClassify(credit.DirectFeedback, nil), DefaultReward(credit.FeedbackAlignment, nil)
	for _, s := range []Settings{&generate, &label, &classify, &reward} {
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
		different, err := Override(s, allOf(s))
		if err != nil || len(different) > 0 {
			t.Errorf("%T: %q, %v", s, different, err)
		}
	}
}

// allOf is every setting of s.
func allOf(s Settings) Given {
	var g Given
	Flags(s).VisitAll(func(f *pflag.Flag) { g = append(g, Setting{f.Name, f.Value.String()}) })
	return g
}

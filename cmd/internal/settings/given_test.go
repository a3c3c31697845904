package settings

import (
	"slices"
	"testing"
)

// TestGiven: only what the user gave overrides, in the order in which it came.
func TestGiven(t *testing.T) {
	s := Default("mnist")
	flags := s.MainFlags()
	flags.AddFlagSet(s.AdvancedFlags())
	flags.Bool("other", false, "")
	if err := flags.Parse([]string{"--lr", "0.5", "--other", "--layers", "3,2", "--batch", "100"}); err != nil {
		t.Fatal(err)
	}
	g := GivenBy(flags, s)
	if !slices.Equal(g.Names, []string{"lr", "layers", "batch"}) {
		t.Errorf("given %q", g.Names)
	}
	d := Default("digits")
	epochs, batch := d.Training.Epochs, d.Training.Batch
	different, err := d.Override(g)
	if err != nil {
		t.Fatal(err)
	}
	if batch != 100 || !slices.Equal(different, []string{"lr", "layers"}) {
		t.Errorf("different: %q", different)
	}
	if d.Training.Optimizer.Rate != 0.5 || d.Layers.String() != "3,2" || d.Training.Epochs != epochs || d.Training.Seed != 1 {
		t.Errorf("settings %+v", d)
	}
	if d.Value("layers") != "3,2" || d.Value("lr") != "0.5" {
		t.Errorf("values %s, %s", d.Value("layers"), d.Value("lr"))
	}
}

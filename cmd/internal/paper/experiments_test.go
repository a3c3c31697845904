package paper

import (
	"io"
	"os"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/settings"
)

// digits is the context of a short run with two networks, which nobody trained.
func digits(t *testing.T) *experiment.Context {
	t.Helper()
	set, err := data.Load(t.Context(), io.Discard, data.Default)
	if err != nil {
		t.Fatal(err)
	}
	c := &experiment.Context{Source: data.Default, Set: set, Settings: settings.DefaultGenerate(data.Default, nil), Amounts: experiment.AmountsFor(true, 0, set)}
	c.Settings.Layers, c.Settings.Training.Epochs = settings.Layers{50, 10}, 1
	for seed := range uint64(2) {
		c.Networks = append(c.Networks, &experiment.Network{Seed: seed + 1, Dir: "run"})
	}
	return c
}

// TestKeys compares the keys of all parts with those of the first version, so
// that what it kept is still found. A key may change only together with what a
// part's result depends on.
func TestKeys(t *testing.T) {
	want := map[string]string{
		"figure1": "8ea888ee04ce", "figure3": "944d48cfcb05", "figure4": "2b1847b4981a", "figure5": "2f3676684f18",
		"agreement": "32ed6f44d92d", "chains": "fda1960e84e1", "classifier": "43083e6c854a", "algorithm1": "34d96f3aa844",
		"table-generate-x4-seed1": "8481fe910ec6", "table-directed-x4-seed1": "793a4200ab7d", "table-joint-x4-seed1": "1ab119f5c434", "table-latent-x4-seed1": "ddeeed12925e",
		"table-generate-x2-seed1": "434ea6cecbff", "table-directed-x2-seed1": "5e01cf27ff14", "table-joint-x2-seed1": "13feb145d408", "table-latent-x2-seed1": "e51c4f86be7b",
		"table-training-images-seed1": "ea192a317701", "table-kmeans-centres-seed1": "610c38d81407",
		"table-generate-x4-seed2": "f9037212decf", "table-directed-x4-seed2": "36095d12aded",
		"table-generate-x2-seed2": "f30645ddbd3c", "table-directed-x2-seed2": "0735d384e394",
	}
	digests := []string{
		"22bf76d2cd6827faec602c81694bc25a66fb571bea1d522e78291e1d15a2041b",
		"840c83ec7231b47f29de508edc90c9536693617dd78237cd8bf97a55c015d06a",
	}
	c := digits(t)
	of := data.Digest(c.Set.Train)
	found := 0
	for _, x := range Experiments {
		if x.Name == "labels" {
			continue // its settings are the defaults of packages that are not released yet
		}
		for _, p := range x.Parts(c) {
			network := ""
			if p.Network != experiment.None {
				network = digests[p.Network]
			}
			key, _, err := p.Key(of, network)
			if err != nil {
				t.Fatal(err)
			}
			if key != want[p.Name] {
				t.Errorf("part %s has the key %s, want %s", p.Name, key, want[p.Name])
			}
			found++
		}
	}
	if found != len(want) {
		t.Errorf("%d parts, want %d", found, len(want))
	}
}

// TestNeeds: what an experiment says that it needs is what its parts need.
func TestNeeds(t *testing.T) {
	c := digits(t)
	for _, x := range Experiments {
		most := experiment.NoNetwork
		for _, p := range x.Parts(c) {
			most = max(most, experiment.Needs(p.Network+1))
		}
		if most != x.Needs {
			t.Errorf("%s needs %d, but its parts %d", x.Name, x.Needs, most)
		}
	}
}

// TestNothingKept: without records no experiment has a section or a claim.
func TestNothingKept(t *testing.T) {
	c := digits(t)
	for _, x := range Experiments {
		if _, ok := x.Section(c, nil); ok {
			t.Errorf("%s has a section", x.Name)
		}
	}
	judges := Claims()
	if len(judges) != 9 {
		t.Errorf("%d claims, want 9", len(judges))
	}
	for _, judge := range judges {
		if claim, ok := judge(c, nil); ok {
			t.Errorf("judged %v: %s", claim.Verdict, claim.Claim)
		}
	}
}

// TestSeen: what is missing or damaged was not seen.
func TestSeen(t *testing.T) {
	dir := run.Dir(t.TempDir())
	for _, c := range []struct {
		file string
		seen int // epochs from 0 on
	}{
		{"", 0},
		{"nonsense", 0},
		{`[{"epoch":0},{"epoch":1},{"epoch":2}]`, 3},
		{`[{"epoch":0},{"epoch":2}]`, 1},
		{`[{"epoch":1}]`, 0},
	} {
		write(t, agreementFile(dir), c.file)
		for epoch := range 4 {
			if got := watchAgreement(nil, dir).Saw(epoch); got != (epoch < c.seen) {
				t.Errorf("%s: saw epoch %d: %v", c.file, epoch, got)
			}
		}
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

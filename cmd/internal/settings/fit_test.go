package settings

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
)

// pictures are n images of d bytes, half of them dark and half light.
func pictures(n, d int, dark, light byte) dataset.Images {
	s := dataset.Images{Height: 1, Width: d, Pixels: make([]byte, n*d)}
	for i := range s.Pixels {
		s.Pixels[i] = dark
		if i/d%2 == 0 {
			s.Pixels[i] = light
		}
	}
	return s
}

// TestFit: settings follow from the data, each says why, and what was given stays.
func TestFit(t *testing.T) {
	s := DefaultGenerate("x", nil)
	reasons := s.Fit(pictures(1000, 784, 90, 160), nil)
	if !s.Centred || s.Training.UpNoise != 0.21 || s.Training.DownNoise != 0.21 || s.Layers.String() != "200,40" {
		t.Errorf("grey pictures: %+v", s)
	}
	if steps := 10 * s.Training.Epochs; steps < minSteps || steps > maxSteps || s.Training.Optimizer.Rate < 1e-5 || s.Training.Optimizer.Rate > 2e-4 {
		t.Errorf("grey pictures: %+v", s.Training)
	}
	if s.Config(784).Decoders[0] != kernels.Tanh {
		t.Error("centred images, and no tanh units")
	}
	set := dataset.Set{Train: pictures(4, 3, 0, 255)}
	row := make([]float32, 3)
	if Range(&s, set).Train.Read(1, row); row[0] != -1 {
		t.Errorf("black is read as %v", row[0])
	}
	names := map[string]bool{}
	for _, r := range reasons {
		names[r.Name] = true
		if r.Why == "" || r.Value != Value(&s, r.Name) {
			t.Errorf("reason %+v", r)
		}
	}
	for _, name := range []string{"layers", "centre", "up-noise", "down-noise", "lr", "epochs"} {
		if !names[name] {
			t.Errorf("--%s has no reason: %v", name, reasons)
		}
	}

	// As dark as digits: the authors' range and noise.
	s = DefaultGenerate("x", nil)
	if s.Fit(pictures(6001, 784, 0, 120), nil); s.Centred || s.Training.DownNoise < 0.27 || s.Layers.String() != "1000,100" {
		t.Errorf("dark pictures: %+v", s)
	}

	// So large that the first map would not fit beside them: see mostWeights.
	s = DefaultGenerate("x", nil)
	if s.Fit(pictures(2500, 12288, 90, 160), nil); s.Layers[0] > 350 || s.Layers[0] < 200 || s.Training.Inference.Alpha != wideAlpha {
		t.Errorf("large pictures: %+v", s)
	}
	s = DefaultGenerate("x", nil)
	if s.Fit(pictures(1000, 3072, 90, 160), Given{{"alpha", "0.001"}}); s.Training.Inference.Alpha != 0.001 {
		t.Errorf("a given alpha became %v", s.Training.Inference.Alpha)
	}

	given := Given{{"layers", "7"}, {"centre", "false"}, {"up-noise", "0.4"}, {"down-noise", "0.4"}, {"lr", "0.5"}, {"epochs", "3"}}
	s = DefaultGenerate("x", nil)
	if _, err := Override(&s, given); err != nil {
		t.Fatal(err)
	}
	before := s.Training
	if said := s.Fit(pictures(1000, 784, 90, 160), given); len(said) > 0 || s.Training != before || s.Centred || s.Layers.String() != "7" {
		t.Errorf("given settings became %+v: %v", s, said)
	}
	if !strings.Contains(Value(&s, "centre"), "false") {
		t.Error("no flag --centre")
	}
}

// TestRateOfOptimizer: each optimiser has a rate of its own, with a reason, on named sets
// and on others; one that was given stays.
func TestRateOfOptimizer(t *testing.T) {
	for _, c := range []struct {
		given        Given
		named, other float32
		reasons      int
	}{
		{Given{{"optimizer", "rmsprop"}}, 2e-5, 4e-5, 0},
		{Given{{"optimizer", "sgd"}}, 3e-4, 1e-3, 1},
		{Given{{"optimizer", "sgd"}, {"layers", "100,9"}}, 3e-3, 3e-3, 1},
		{Given{{"optimizer", "adam"}}, 4e-4, 8e-4, 1},
		{Given{{"optimizer", "adam"}, {"lr", "0.5"}}, 0.5, 0.5, 0},
	} {
		named := DefaultGenerate(data.Default, c.given)
		if _, err := Override(&named, c.given); err != nil {
			t.Fatal(err)
		}
		if got := RateReason(&named, c.given); named.Training.Optimizer.Rate != c.named || len(got) != c.reasons {
			t.Errorf("%v: a rate of %v, want %v; reasons %v", c.given, named.Training.Optimizer.Rate, c.named, got)
		}
		other := DefaultGenerate("x", c.given)
		if _, err := Override(&other, c.given); err != nil {
			t.Fatal(err)
		}
		said := other.Fit(pictures(1500, 784, 60, 196), c.given)
		if other.Training.Optimizer.Rate != c.other {
			t.Errorf("%v: a rate of %v on other data, want %v", c.given, other.Training.Optimizer.Rate, c.other)
		}
		rates := 0
		for _, r := range said {
			if r.Name == "lr" {
				rates++
			}
		}
		if rates != 1 && !c.given.Has("lr") {
			t.Errorf("%v: %d reasons for the rate: %v", c.given, rates, said)
		}
		if steps := 15 * other.Training.Epochs; steps < minSteps || steps > maxSteps+15 {
			t.Errorf("%v: %d steps", c.given, steps)
		}
	}
}

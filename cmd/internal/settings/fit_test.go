package settings

import (
	"strings"
	"testing"

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

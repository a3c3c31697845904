package evaluate

import (
	"errors"
	"io"
	"math"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/model"
)

// TestParzen: samples that are not finite have diverged, even if their
// log-likelihood is a number.
func TestParzen(t *testing.T) {
	engine, err := cli.NewEngine(1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	set, err := data.Load(t.Context(), io.Discard, tiny.Data(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{TrainingImages, KMeansCentres} {
		samples, err := Reference(t.Context(), engine, name, set.Train, 20, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Parzen(t.Context(), engine, samples, set, nil)
		if err != nil || p.Sigma <= 0 || p.StdErr <= 0 {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
		for _, bad := range []float64{math.NaN(), math.Inf(1)} {
			samples.Row(3)[2] = float32(bad)
			if _, err := Parzen(t.Context(), engine, samples, set, nil); !errors.Is(err, model.ErrDiverged) {
				t.Errorf("%s with %v: %v", name, bad, err)
			}
		}
	}
}

package program

import (
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/describe"
	"github.com/targetprop/targetprop/internal/untuned"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// TestUntuned trains at the defaults on the seven sets that nobody has tuned for.
// Samples must differ by at least half of what the data differ by, and must lie within
// the data more often than those of a network that has learned nothing, and than images
// that know of each pixel its mean and deviation alone: see beats. It takes long: make check-defaults. TARGETPROP_DEFAULTS is all,
// or the name of a set.
func TestUntuned(t *testing.T) {
	which := os.Getenv("TARGETPROP_DEFAULTS")
	if which == "" {
		t.Skip("takes long: make check-defaults")
	}
	for _, set := range untuned.Sets {
		if which != "all" && which != set.Name {
			continue
		}
		t.Run(set.Name, func(t *testing.T) {
			path, out := set.Make(t, t.TempDir(), set.Some), filepath.Join(t.TempDir(), "run")
			r := call("train", "--data", path, "--out", out)
			if r.status != cli.StatusOK { // a busy machine gets a note that making the network takes long
				t.Fatal(r.stderr)
			}
			t.Log(r.stdout)
			m, err := modelfile.Load(out)
			if err != nil {
				t.Fatal(err)
			}
			data, _, err := m.LoadData(t.Context(), io.Discard, path, true)
			if err != nil {
				t.Fatal(err)
			}
			e, err := cli.NewEngine(0)
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			_, want := describe.Spread(data.Train)
			samples, precision := judge(t, e, m.Network, data, model.DefaultSampling())
			ratio := spread(samples) / want
			config := m.Network.Config
			fresh, err := model.New(config, 1, e)
			if err == nil {
				err = fresh.EstimatePrior(t.Context(), e, data.Train, m.Training.Inference, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			untrained, before := judge(t, e, fresh, data, model.DirectedSampling())
			apart := measured(t, e, pixelMeans(e, data.Train, samples.Rows), data)
			t.Logf("deviation %.2f of the data's (untrained %.2f), precision %.2f, recall %.2f; of an untrained network %.2f and %.2f, of pixels drawn apart %.2f and %.2f",
				ratio, spread(untrained)/want, precision.Precision, precision.Recall, before.Precision, before.Recall, apart.Precision, apart.Recall)
			if ratio < 0.5 {
				t.Errorf("samples differ by %.2f of what the data differ by, want 0.5 or more", ratio)
			}
			if !beats(precision, before) {
				t.Errorf("precision %.2f and recall %.2f, of directed samples of an untrained network %.2f and %.2f", precision.Precision, precision.Recall, before.Precision, before.Recall)
			}
			if !beats(precision, apart) {
				t.Errorf("precision %.2f and recall %.2f, of pixels drawn apart %.2f and %.2f", precision.Precision, precision.Recall, apart.Precision, apart.Recall)
			}
		})
	}
}

// beats tells whether samples lie within the data more often than others. Samples that are
// all alike may lie in the middle of the data, where the mean image is, and have a
// precision of 1, but no recall: then both count, by their harmonic mean.
func beats(p, other measure.PrecisionRecall) bool {
	both := func(p measure.PrecisionRecall) float64 {
		return 2 * p.Precision * p.Recall / max(p.Precision+p.Recall, 1e-9)
	}
	return p.Precision > other.Precision || other.Recall < 0.1 && both(p) > both(other)
}

// judge draws as many samples as there are test examples, and their precision and
// recall by those.
func judge(t *testing.T, e *kernels.Engine, n *model.Network, set dataset.Set, s model.Sampling) (kernels.Matrix, measure.PrecisionRecall) {
	t.Helper()
	count := min(set.Test.Len(), 300)
	samples, err := n.Generate(t.Context(), e, count, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return samples, measured(t, e, samples, set)
}

// measured are the precision and recall of samples, by as many test examples.
func measured(t *testing.T, e *kernels.Engine, samples kernels.Matrix, set dataset.Set) measure.PrecisionRecall {
	t.Helper()
	p, err := measure.EstimatePrecisionRecall(t.Context(), e, measure.Sample(set.Test, samples.Rows, 1), samples, measure.PrecisionNeighbours, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// pixelMeans are n images whose pixels are drawn each by itself, from a Gaussian of its
// mean and standard deviation in the training images: what the means tell, and no more.
// The mean image itself is no sample: its deviation is 0.
func pixelMeans(e *kernels.Engine, train dataset.Images, n int) kernels.Matrix {
	sums, squares, row := make([]float64, train.Dim()), make([]float64, train.Dim()), make([]float32, train.Dim())
	for i := range train.Len() {
		train.Read(i, row)
		for j, x := range row {
			sums[j] += float64(x)
			squares[j] += float64(x) * float64(x)
		}
	}
	drawn := kernels.NewMatrix(n, train.Dim())
	e.AddGaussian(drawn, drawn, 1, kernels.Noise{Seed: 1}, 0)
	for i := range n {
		for j := range row {
			mean := sums[j] / float64(train.Len())
			std := math.Sqrt(max(0, squares[j]/float64(train.Len())-mean*mean))
			drawn.Row(i)[j] = float32(mean + std*float64(drawn.Row(i)[j]))
		}
	}
	return drawn
}

func spread(m kernels.Matrix) float64 {
	set := dataset.Images{Height: 1, Width: m.Cols}
	for i := range m.Rows {
		set.Numbers = append(set.Numbers, m.Row(i)...)
	}
	_, std := describe.Spread(set)
	return std
}

package frame

import (
	"bytes"
	"image/png"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/measure"
)

// probes are images of 3 x 2 pixels of two classes.
func probes() dataset.Images {
	images := dataset.Images{Height: 3, Width: 2}
	for i := range 50 {
		images.Labels = append(images.Labels, uint8(i%2))
		for j := range 6 {
			images.Pixels = append(images.Pixels, uint8(37*i+11*j))
		}
	}
	return images
}

// TestMake: a frame shows what INFERENCE and GENERATE of the network give, and the
// network is as it was.
func TestMake(t *testing.T) {
	e := kernels.Default()
	n, err := model.New(model.DefaultConfig(6, 5, 3), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	look := task.Look{Images: n, Inference: model.TrainInference(), Seed: 3, Probe: probes()}
	f, err := Make(t.Context(), e, look, Amounts{Probes: 20, Samples: 7})
	if err != nil {
		t.Fatal(err)
	}
	if len(n.Prior.Mean) != 0 {
		t.Error("the network has a prior now")
	}
	rows, _ := Probes(probes(), 0, Amounts{Probes: 20})
	first := model.Rows{Matrix: rows}
	if f.Samples.Count != 7 || f.Reconstructions.Count != shownProbes || first.Len() != shownProbes || len(f.Fields) != 2 || f.Fields[0].Sheet.Count != 5 {
		t.Errorf("%+v", f)
	}
	all := kernels.NewMatrix(20, 6)
	for i := range 20 {
		for j := range 6 {
			all.Row(i)[j] = float32(uint8(37*i+11*j)) / 255
		}
	}
	want, err := measure.TargetpropAgreement(t.Context(), e, n, model.Rows{Matrix: all}, model.TrainInference(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range f.Angles {
		if got := math.Cos(a.End * math.Pi / 180); !a.Defined || math.Abs(got-want[i].Cosine) > 1e-6 {
			t.Errorf("layer %d: cosine %v, want %v", a.Layer, got, want[i].Cosine)
		}
	}
	alone := *n
	if err := alone.EstimatePrior(t.Context(), e, model.Rows{Matrix: all}, model.TrainInference(), nil); err != nil {
		t.Fatal(err)
	}
	for j, v := range alone.Prior.Std {
		if math.Abs(float64(v-f.Prior.Std[0][j])) > 1e-6 {
			t.Errorf("the prior of unit %d has a deviation of %v, want %v", j, f.Prior.Std[0][j], v)
		}
	}
	for _, h := range f.States {
		total := 0
		for _, c := range h.Counts {
			total += c
		}
		if total != 20*h.Units || h.Low >= h.High || h.Mean < h.Low || h.Mean > h.High {
			t.Errorf("%+v", h)
		}
	}
}

// TestMakeLabelled: there are samples of each class, unless a class has no probe.
func TestMakeLabelled(t *testing.T) {
	e := kernels.Default()
	for classes, want := range map[int]int{2: 6, 3: 0} {
		n, err := labelled.New(labelled.DefaultConfig(classes, 6, 5, 3), 1, e)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Make(t.Context(), e, task.Look{Labelled: n, Probe: probes(), Seed: 1}, Amounts{Probes: 20, Samples: 7})
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Sampled.Rows; got != want || (f.Samples != nil) != (want > 0) || len(n.Priors) != 0 {
			t.Errorf("%d classes: %d samples, want %d", classes, got, want)
		}
	}
}

// TestSheet: an image of a sheet is in its place, and what is no image is none.
func TestSheet(t *testing.T) {
	m := kernels.NewMatrix(5, 6)
	for i := range m.Rows {
		for j := range m.Cols {
			m.Row(i)[j] = float32(i*6+j) / 255
		}
	}
	m.Row(4)[0], m.Row(4)[1], m.Row(4)[2] = -3, 7, float32(math.NaN())
	s := NewSheet(m, Size{3, 2})
	img, err := png.Decode(bytes.NewReader(s.PNG))
	if err != nil || s.Columns != 3 || img.Bounds().Dx() != 6 || img.Bounds().Dy() != 6 {
		t.Fatalf("%+v, %v", s, err)
	}
	at := func(i, j int) int {
		grey, _, _, _ := img.At(i%3*2+j%2, i/3*3+j/2).RGBA()
		return int(grey >> 8)
	}
	for i := range 4 {
		for j := range 6 {
			if at(i, j) != i*6+j {
				t.Errorf("pixel %d of image %d is %d", j, i, at(i, j))
			}
		}
	}
	if at(4, 0) != 0 || at(4, 1) != 255 || at(4, 2) != 0 {
		t.Error("values beyond the range are clipped")
	}
	if NewSheet(m, Size{2, 2}) != nil || NewSheet(kernels.NewMatrix(0, 6), Size{3, 2}) != nil {
		t.Error("a sheet of no images")
	}
}

// TestFolder: what is kept is spread over the epochs, with the first and the last.
func TestFolder(t *testing.T) {
	d := Folder(t.TempDir())
	const epochs = 150
	for epoch := range epochs {
		if err := d.Add(Frame{Epoch: epoch}); err != nil {
			t.Fatal(err)
		}
	}
	kept := d.Epochs()
	if len(kept) > most || len(kept) < most/2-1 || kept[0] != 0 || kept[len(kept)-1] != epochs-1 || !slices.IsSorted(kept) {
		t.Errorf("kept %v", kept)
	}
	for i := 1; i < len(kept); i++ {
		if kept[i]-kept[i-1] > 4*epochs/most {
			t.Errorf("none between %d and %d", kept[i-1], kept[i])
		}
	}
	if f, err := d.Read(kept[1]); err != nil || f.Epoch != kept[1] {
		t.Errorf("%+v, %v", f, err)
	}
	if err := d.Clear(); err != nil || len(d.Epochs()) != 0 {
		t.Errorf("after Clear: %v, %v", d.Epochs(), err)
	}
}

// TestSheetInColour: three numbers a pixel are its colours.
func TestSheetInColour(t *testing.T) {
	m := kernels.NewMatrix(2, 18)
	for i := range m.Rows {
		for j := range m.Cols {
			m.Row(i)[j] = float32(i*18+j) / 255
		}
	}
	s := NewSheet(m, Size{3, 2})
	img, err := png.Decode(bytes.NewReader(s.PNG))
	if err != nil || s.Channels != 3 || s.Columns != 2 || img.Bounds().Dx() != 4 || img.Bounds().Dy() != 3 {
		t.Fatalf("%+v, %v", s, err)
	}
	for i := range 2 {
		for j := range 6 {
			r, g, b, _ := img.At(i*2+j%2, j/2).RGBA()
			for k, v := range []uint32{r, g, b} {
				if int(v>>8) != i*18+3*j+k {
					t.Errorf("channel %d of pixel %d of image %d is %d", k, j, i, v>>8)
				}
			}
		}
	}
}

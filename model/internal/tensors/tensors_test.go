package tensors

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
)

// numbered is a packed matrix of distinct numbers.
func numbered(rows, cols int) kernels.Packed {
	p := kernels.NewPacked(rows, cols)
	for i := range rows {
		for j := range cols {
			p.Data[p.Index(i, j)] = float32(i*cols + j + 1)
		}
	}
	return p
}

func TestMapsAndMomentsRoundTrip(t *testing.T) {
	var f safetensors.File
	sizes := []int{20, 17, 3}
	want := []kernels.Packed{numbered(21, 17), numbered(18, 20), numbered(18, 3), numbered(4, 17)}
	moments := kernels.Moments{Mean: numbered(21, 17).Data, Velocity: slices.Clone(want[0].Data)}
	for i, w := range want {
		AddMap(&f, MapName(i), w)
	}
	AddMoments(&f, MapName(0), want[0], moments)
	path := filepath.Join(t.TempDir(), "file")
	if err := Write(path, f, nil); err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Row 0 is the bias; the weights are inputs x outputs.
	weight, err := f.Tensor("decoder.1.weight", 17, 20)
	if err != nil || weight[0] != 21 || weight[21] != 42 {
		t.Errorf("error %v, weights begin with %v", err, weight[:2])
	}
	got, err := Maps(f, sizes)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if !slices.Equal(got[i].Data, want[i].Data) {
			t.Errorf("%s changed", MapName(i))
		}
	}
	read := kernels.Moments{Mean: make([]float32, len(moments.Mean)), Velocity: make([]float32, len(moments.Mean))}
	if err := ReadMoments(f, MapName(0), want[0], read); err != nil || !slices.Equal(read.Mean, moments.Mean) || !slices.Equal(read.Velocity, moments.Velocity) {
		t.Errorf("error %v; moments changed", err)
	}
	read.Square = make([]float32, len(moments.Mean))
	if err := ReadMoments(f, MapName(0), want[0], read); err == nil || !strings.Contains(err.Error(), "encoder.1.square") {
		t.Errorf("a moment that is not in the file: error %v", err)
	}
	if _, err := Maps(f, []int{20, 17, 1 << 20}); err == nil {
		t.Error("sizes that the file does not have: no error")
	}
}

func TestOnlyFiniteNumbers(t *testing.T) {
	nan := errors.New("not a number")
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		f := safetensors.File{Tensors: []safetensors.Tensor{{Name: "a", Shape: []int{2}, Data: []float32{1, float32(bad)}}}}
		if err := Write(filepath.Join(t.TempDir(), "file"), f, nan); !errors.Is(err, nan) {
			t.Errorf("%v written: error %v", bad, err)
		}
		if _, err := Finite(f, "a", 2); err == nil || !strings.Contains(err.Error(), "element 1") {
			t.Errorf("%v read: error %v", bad, err)
		}
	}
}

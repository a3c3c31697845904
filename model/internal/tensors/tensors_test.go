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

// counted has the elements 1, 2, 3, ... row by row, and two panels.
func counted(rows, cols int) kernels.Packed {
	m := kernels.NewPacked(rows, cols)
	for i := range rows {
		for j := range cols {
			m.Data[m.Index(i, j)] = float32(1 + i*cols + j)
		}
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	var stored safetensors.File
	w := counted(4, 20)
	AddMap(&stored, "map", w)
	AddMoments(&stored, "map", w, kernels.Moments{Velocity: w.Data})
	path := filepath.Join(t.TempDir(), "f")
	if err := Write(path, stored); err != nil {
		t.Fatal(err)
	}
	stored, err := safetensors.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := CheckMap(stored, "map", 3, 20); err != nil {
		t.Error(err)
	}
	asMap, plain := kernels.NewPacked(4, 20), kernels.NewPacked(4, 20)
	if err := errors.Join(ReadMap(stored, "map", asMap), ReadMoments(stored, "map", w, kernels.Moments{Velocity: plain.Data})); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(asMap.Data, w.Data) || !slices.Equal(plain.Data, w.Data) {
		t.Errorf("%v became %v and %v", w.Data, asMap.Data, plain.Data)
	}
	if bias, err := stored.Tensor("map.bias", 20); err != nil || bias[19] != 20 {
		t.Errorf("the bias is %v, error %v", bias, err)
	}
	if weight, err := stored.Tensor("map.weight", 3, 20); err != nil || weight[0] != 21 || weight[59] != 80 {
		t.Errorf("the weights are %v, error %v", weight, err)
	}
}

func TestRefusals(t *testing.T) {
	var stored safetensors.File
	AddMap(&stored, "map", counted(4, 20))
	for name, err := range map[string]error{
		"another shape":   CheckMap(stored, "map", 4, 20),
		"another name":    CheckMap(stored, "mop", 3, 20),
		"a smaller place": ReadMap(stored, "map", kernels.NewPacked(4, 19)),
		"no such tensor":  ReadMoments(stored, "map", counted(4, 20), kernels.Moments{Mean: make([]float32, 128)}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(-1))} {
		stored.Tensors[1].Data[7] = bad
		if _, err := Finite(stored, "map.bias", 20); err == nil || !strings.Contains(err.Error(), `"map.bias": element 7`) {
			t.Errorf("%v: error %v", bad, err)
		}
		path := filepath.Join(t.TempDir(), "f")
		if err := Write(path, stored); !errors.Is(err, ErrDiverged) || !strings.Contains(err.Error(), `"map.bias"`) {
			t.Errorf("%v: error %v", bad, err)
		}
		if _, err := safetensors.ReadFile(path); err == nil {
			t.Error("a file of infinite numbers was written")
		}
	}
}

func TestMomentsThatAreUsed(t *testing.T) {
	var stored safetensors.File
	w := counted(2, 3)
	AddMoments(&stored, "map", w, kernels.Moments{Mean: w.Data, Velocity: w.Data})
	var names []string
	for _, tensor := range stored.Tensors {
		names = append(names, tensor.Name)
		if !slices.Equal(tensor.Shape, []int{2, 3}) || !slices.Equal(tensor.Data, []float32{1, 2, 3, 4, 5, 6}) {
			t.Errorf("%+v", tensor)
		}
	}
	if !slices.Equal(names, []string{"map.mean", "map.velocity"}) {
		t.Errorf("stored %v", names)
	}
}

func TestMapsAndMomentsRoundTrip(t *testing.T) {
	var f safetensors.File
	sizes := []int{20, 17, 3}
	want := []kernels.Packed{counted(21, 17), counted(18, 20), counted(18, 3), counted(4, 17)}
	moments := kernels.Moments{Mean: counted(21, 17).Data, Velocity: slices.Clone(want[0].Data)}
	for i, w := range want {
		AddMap(&f, MapName(i), w)
	}
	AddMoments(&f, MapName(0), want[0], moments)
	path := filepath.Join(t.TempDir(), "file")
	if err := Write(path, f); err != nil {
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

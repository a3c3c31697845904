package data

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestCheckUnits: validation and test examples are in the unit of the training examples. A few
// numbers far away are no other unit.
func TestCheckUnits(t *testing.T) {
	few := func(flat bool, x ...float32) dataset.Images {
		return dataset.Images{Height: 1, Width: 2, Flat: flat, Numbers: x}
	}
	of := func(flat bool, x ...float32) dataset.Images { return few(flat, slices.Repeat(x, 10)...) }
	scaled := func(s dataset.Images, scale *dataset.Scale) dataset.Images {
		s.Scale = scale
		return s
	}
	each := &dataset.Scale{Lo: []float32{0, 10}, Hi: []float32{1, 20}}
	rows := scaled(of(true, 0, 10, 1, 20), each)
	var small, narrow []float32
	for i := range 12 {
		small, narrow = append(small, 0.001*float32(1+i%5), 0.1+0.01*float32(i%7)), append(narrow, 0.5+0.001*float32(i%5), 15)
	}
	pictures := of(false, 0, 0.5, 1, 0.3)
	for _, c := range []struct {
		set dataset.Set
		err string
	}{
		{dataset.Set{Train: rows, Valid: of(true, 0.5, 15, 1.2, 30), Test: of(true, 0.5, 15)}, ""},
		{dataset.Set{Train: rows, Valid: of(true, 0.5, 15, 0.5, 12, 200, 13), Test: of(true, 0.5, 15)}, ""},
		{dataset.Set{Train: rows, Valid: of(true, 50, 15, 80, 12), Test: of(true, 0.5, 15), Columns: []string{"a", "b"}}, `column "a" is from`},
		{dataset.Set{Train: rows, Valid: of(true, 1, 15), Test: of(true, 0.5, 15000), Columns: []string{"a", "b"}}, `column "b" is from`},
		{dataset.Set{Train: of(true, 0, 1, 0.5, 0.5), Valid: of(true, 80, 50)}, "number 0 of the examples"},
		{dataset.Set{Train: of(true, 0, 0.001, 0.005, 0.5), Valid: of(true, 0.001, 0.002, 0.004, 0.001), Test: of(true, 0.7, 0.6)}, "number 0 of the examples"},
		{dataset.Set{Train: of(true, 0, 0.001, 0.005, 0.5), Valid: of(true, 0.001, 0.002, 0.004, 0.001), Test: of(true, 0.003, 0.6)}, ""},
		{dataset.Set{Train: rows, Test: of(true, small...)}, "the numbers are from 0.001"},
		{dataset.Set{Train: rows, Test: few(true, small[:8]...)}, ""}, // may be alike
		{dataset.Set{Train: rows, Test: of(true, narrow...)}, ""},     // of one kind
		{dataset.Set{Train: rows, Valid: few(true, 50, 15, 80, 12)}, ""},
		{dataset.Set{Train: scaled(few(true, 0, 10, 1, 20), each), Valid: of(true, 50, 15, 80, 12)}, ""},
		{dataset.Set{Train: pictures, Test: few(false, 255, 100)}, ""},
		{dataset.Set{Train: scaled(of(false, 0, 255, 12, 0), bounds(0, 255)), Test: of(false, 0, 1, 0.5, 0)}, "test images are from 0 to 1, where training images are from 0 to 255"},
		{dataset.Set{Train: scaled(of(false, 0, 255, 12, 0), bounds(0, 255)), Test: of(false, 0, 3, 0.5, 0)}, ""}, // dark
		{dataset.Set{Train: pictures, Valid: pictures, Test: of(false, 0, 0, 0, 0.1, 0.2, 255)}, ""},
		{dataset.Set{Train: pictures, Valid: pictures, Test: of(false, 0, 0, 0, 0, 12, 255)}, "test images are from 0 to 255, where training images are from 0 to 1"},
		{dataset.Set{Train: scaled(of(false, 0, 255, 12, 0), bounds(0, 255)), Valid: of(false, 0, 65535)}, "validation images are from 0 to 65535"},
		{dataset.Set{Train: dataset.Images{Height: 1, Width: 1, Pixels: make([]byte, 20)}, Test: dataset.Images{Height: 1, Width: 1, Pixels: bytes.Repeat([]byte{255}, 20)}}, ""},
	} {
		if err := checkUnits(t.Context(), c.set); (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%+v: %v, want %q", c.set, err, c.err)
		}
	}
}

// TestUncut: numbers of validation and test examples beyond 0 to 1 are counted where nothing cuts them.
func TestUncut(t *testing.T) {
	of := func(x ...float32) dataset.Images {
		return dataset.Images{Height: 1, Width: 2, Flat: true, Numbers: x}
	}
	cut := of(0, 1)
	cut.Scale = bounds(0, 1)
	for _, c := range []struct {
		set  dataset.Set
		want string
	}{
		{dataset.Set{Train: of(0, 1), Valid: of(0, 1, 0.5, 0.5), Test: of(1, 0)}, ""},
		{dataset.Set{Train: of(0, 1), Valid: of(0, 1, 1.5, -0.1), Test: of(1, 0)}, "2 of the 4 numbers of validation examples lie beyond 0 to 1"},
		{dataset.Set{Train: of(0, 1), Valid: of(2, 1), Test: of(7, 0, 0, 1, 1, 1)}, "1 of the 2 numbers of validation examples and 1 of the 6 numbers of test examples lie beyond"},
		{dataset.Set{Train: of(0, 1)}, ""},
		{dataset.Set{Train: cut, Test: of(7, 0)}, ""},
	} {
		if text, err := Uncut(t.Context(), c.set); err != nil || !strings.HasPrefix(text, c.want) || (text == "") != (c.want == "") {
			t.Errorf("%+v: %q, %v, want %q", c.set, text, err, c.want)
		}
	}
}

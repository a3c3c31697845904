package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestMatchRows: rows of numbers are no pictures. A number in them is what it was in training; a
// column in another unit is an error that names it, and a few numbers far away are told of.
func TestMatchRows(t *testing.T) {
	zero := func(hi ...float32) *dataset.Scale { return &dataset.Scale{Lo: make([]float32, len(hi)), Hi: hi} }
	var each = zero(100, 1, 50)
	// rows are 20 of three columns, from 0 up to these.
	rows := func(a, b, c float32) []float32 {
		var x []float32
		for i := float32(0); i < 20; i++ {
			x = append(x, a*i/19, b*i/19, c*i/19)
		}
		return x
	}
	with := func(x []float32, at int, value float32) []float32 {
		x[at] = value
		return x
	}
	shifted := func(x []float32, column int, by float32) []float32 {
		for i := column; i < len(x); i += 3 {
			x[i] += by
		}
		return x
	}
	for _, c := range []struct {
		model   *dataset.Scale
		numbers []float32
		want    *dataset.Scale
		said    string // or the error
		err     bool
	}{
		{nil, rows(1, 1, 1), nil, "", false},
		{nil, rows(1, 0.5, 1.5), bounds(0, 1), "of which the model reads 0 to 1, and cuts the others", false}, // shares of what was most in training
		{nil, with(rows(1, 1, 1), 4, 70), bounds(0, 1), `column "b" is from 0 to 70, where the model reads 0 to 1`, false},
		{nil, with(rows(1, 1, 1), 4, 11), bounds(0, 1), `column "b" is from 0 to 11`, false},
		{nil, rows(255, 255, 255), nil, `column "c" is from 0 to 255`, true},
		{nil, rows(100, 1, 1), nil, `column "a" is from 0 to 100`, true},
		{each, rows(100, 1, 50), each, "", false},
		{each, rows(110, 0.9, 45), each, "", false},
		{each, rows(100, 1000, 50), nil, `column "b" is from 0 to 1000, where the model reads 0 to 1: want numbers that mean the same, in the same unit`, true},
		{each, rows(0.1, 1, 50), each, `column "a" is from 0 to 0.1`, false}, // what is rare may be missing
		{each, rows(20, 0.3, 5), each, "", false},
		{each, rows(900, 1, 50), each, `column "a" is from 0 to 900`, false},
		{each, with(rows(100, 1, 50), 31, -1e6), each, `column "b" is from -1e+06`, false},
		{each, shifted(rows(1, 1, 50), 0, 150), each, `column "a" is from 150 to 151`, false},
		{each, shifted(rows(1, 1, 50), 1, 70), nil, `column "b" is from 70 to 71`, true},
		{each, shifted(shifted(rows(100, 1, 50), 0, 200), 1, 3), nil, "its numbers are from 0 to 300, and the model's were from 0 to 100", true},
		{each, shifted(shifted(rows(100, 1, 50)[:9], 0, 200), 1, 3), each, `column "a" is from 200 to 210`, false}, // few
		{each, rows(0.1, 0.01, 0.5), nil, "the numbers are from 0 to 0.5", true},
		{each, rows(0.1, 0.01, 0.5)[:9], each, "", false}, // few
		{each, rows(9, 0.09, 4), each, "the numbers are from 0 to 9, where the model reads 0 to 100", false},
		{each, shifted(rows(2, 0.02, 1), 0, 50), each, "", false},            // of one kind
		{zero(100, 0, 50), rows(100, 1000, 50), zero(100, 0, 50), "", false}, // nothing to tell by
		{bounds(0, 255), rows(1, 1, 1), nil, "its numbers are from 0 to 1, and the model's were from 0 to 255", true},
		{bounds(0, 255), rows(255, 25, 1), bounds(0, 255), "", false},
	} {
		for part := range 2 {
			images := dataset.Images{Height: 1, Width: 3, Flat: true, Numbers: c.numbers}
			lo, hi, err := images.Extremes(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if images.Scale = (&dataset.Scale{Lo: lo, Hi: hi}); min(lo[0], lo[1], lo[2]) >= 0 && max(hi[0], hi[1], hi[2]) <= 1 {
				images.Scale = nil
			}
			set := dataset.Set{Train: images, Columns: []string{"a", "b", "c"}}
			shape := ShapeOf(set)
			shape.Scale = c.model
			if part == 1 { // what other parts have counts as much
				if !strings.Contains(c.said, `" is from 0 to `) || strings.Contains(c.said, "0.1") {
					continue
				}
				own := rows(1, 1, 1)
				if c.model != nil {
					own = rows(c.model.Hi[0], c.model.Hi[1], c.model.Hi[2])
				}
				set.Test, set.Train.Numbers, set.Train.Scale = set.Train, own, c.model
				if c.want != nil {
					c.want = c.model
				}
			}
			said, err := shape.Match(t.Context(), &set)
			text := strings.Join(said, "; ")
			if err != nil {
				text = err.Error()
			}
			if (err != nil) != c.err || !strings.Contains(text, c.said) || c.said == "" && text != "" || err == nil && !sameScale(set.Train.Scale, c.want) {
				t.Errorf("model %+v, part %d, %v: %+v, %q, %v; want %+v, %q", c.model, part, c.numbers[:6], set.Train.Scale, said, err, c.want, c.said)
			}
		}
	}
}

// TestMatchRowsOfBytes: a model of rows of bytes reads bytes as it did.
func TestMatchRowsOfBytes(t *testing.T) {
	set := dataset.Set{Train: dataset.Images{Height: 1, Width: 2, Flat: true, Pixels: []byte{0, 255, 3, 7}}}
	if said, err := ShapeOf(set).Match(t.Context(), &set); err != nil || said != nil || set.Train.Scale != nil {
		t.Errorf("%v, %v, %v", set.Train.Scale, said, err)
	}
	named := ShapeOf(set)
	named.Columns = []string{"a", "b"} // of a table, whose numbers are floats
	if _, err := named.Match(t.Context(), &set); err == nil || !strings.Contains(err.Error(), `column "b" is from 7 to 255`) {
		t.Errorf("bytes for a table of numbers from 0 to 1: %v", err)
	}
}

// TestManyColumns: an error is not of hundreds of lines.
func TestManyColumns(t *testing.T) {
	set := dataset.Set{Train: dataset.Images{Height: 1, Width: 300, Flat: true, Numbers: make([]float32, 600)}}
	for i := range set.Train.Numbers {
		set.Train.Numbers[i] = 5000
	}
	shape := ShapeOf(set)
	set.Train.Scale = bounds(0, 5000)
	_, err := shape.Match(t.Context(), &set)
	if text := fmt.Sprint(err); !strings.Contains(text, "number 0 of the examples") || !strings.Contains(text, "295 more") || len(text) > 1000 {
		t.Error(text)
	}
}

// TestSmallTables: in a small table that is divided at random some numbers of a part are beyond all others. It is
// trained on, and read by the model that it made.
func TestSmallTables(t *testing.T) {
	const columns = 20
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 1))
		some := func(n int) dataset.Images {
			s := dataset.Images{Height: 1, Width: columns, Flat: true, Numbers: make([]float32, n*columns)}
			for i := range s.Numbers {
				s.Numbers[i] = float32(math.Exp(2 * r.NormFloat64()))
			}
			return s
		}
		set := dataset.Set{Train: some(24), Valid: some(3), Test: some(3)}
		lo, hi, err := set.Train.Extremes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		set.Train.Scale = &dataset.Scale{Lo: lo, Hi: hi}
		if err := checkUnits(t.Context(), set); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		if _, err := ShapeOf(set).Match(t.Context(), &set); err != nil {
			t.Errorf("seed %d, by the model: %v", seed, err)
		}
	}
}

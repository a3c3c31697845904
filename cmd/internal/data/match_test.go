package data

import (
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestMatchPictures: a number is what the same number was in training, or the same picture in another
// common kind of numbers, or an error.
func TestMatchPictures(t *testing.T) {
	for _, c := range []struct {
		model   *dataset.Scale
		numbers []float32 // bytes without
		own     *dataset.Scale
		want    *dataset.Scale
		err     bool
	}{
		{nil, nil, nil, nil, false},
		{nil, []float32{0, 1}, nil, nil, false},
		{nil, nil, bounds(3, 40), nil, false},                                        // a dark picture is dark
		{nil, []float32{0.1, 0.2}, bounds(0.1, 0.2), nil, false},                     // so is one of floats
		{nil, nil, bounds(0, 1), bounds(0, 1), false},                                // a drawing of zeros and ones
		{nil, []float32{0, 0, 0, 12, 255, 1}, bounds(0, 255), bounds(0, 255), false}, // bytes, as floats
		{nil, []float32{0, 0.5, 0.25, 1, 0, 70}, bounds(0, 255), nil, true},          // one number is wrong
		{nil, []float32{0, 16}, bounds(0, 16), nil, true},
		{nil, []float32{-1, 1}, bounds(-1, 1), nil, true},
		{nil, []float32{0, 65535}, bounds(0, 65535), nil, true},
		{bounds(0, 255), []float32{0, 1}, nil, bounds(0, 1), false},
		{bounds(0, 255), nil, nil, bounds(0, 255), false},
		{bounds(0, 255), []float32{0, 7, 16}, bounds(0, 16), bounds(0, 255), false},
		{bounds(0, 255), []float32{0, 0.7, 0.9, 1.1}, bounds(0, 1.1), nil, true},
		{bounds(0, 1), nil, nil, bounds(0, 255), false},
		{bounds(-3, 5), []float32{-2, 6}, bounds(-2, 6), bounds(-3, 5), false},
		{bounds(-3, 5), []float32{100, 105}, bounds(100, 105), nil, true},
		{bounds(-3, 5), []float32{-300, 500}, bounds(-300, 500), nil, true},
		{bounds(-3, 5), []float32{0.1, 0.2}, bounds(0.1, 0.2), bounds(-3, 5), false}, // pale
		{bounds(-3, 5), []float32{0.1, 0.11}, bounds(0.1, 0.11), nil, true},
		{bounds(0, 65535), nil, nil, nil, true},
	} {
		for _, signed := range []bool{false, true} {
			m, want := c.model, c.want
			if signed {
				if m == nil || want == nil {
					continue
				}
				a, b := *m, *want
				a.Signed, b.Signed = true, true
				m, want = &a, &b
			}
			set := dataset.Set{Train: dataset.Images{Height: 1, Width: 1, Numbers: c.numbers, Scale: c.own}}
			_, err := Shape{Height: 1, Width: 1, Channels: 1, Scale: m}.Match(t.Context(), &set)
			if got := set.Train.Scale; (err != nil) != c.err || !sameScale(got, want) {
				t.Errorf("model %+v, %v by %+v: %+v, %v; want %+v", m, c.numbers, c.own, got, err, want)
			}
		}
	}
}

func sameScale(a, b *dataset.Scale) bool {
	return a == b || a != nil && b != nil && slices.Equal(a.Lo, b.Lo) && slices.Equal(a.Hi, b.Hi) && a.Signed == b.Signed
}

// TestMatchLabels: labels go by names, if the model has any.
func TestMatchLabels(t *testing.T) {
	for _, c := range []struct {
		names, classes []string
		labels, want   []uint8
		err            string
	}{
		{nil, []string{"cat", "dog"}, []uint8{0, 1}, []uint8{0, 1}, ""},
		{[]string{"cat", "dog"}, []string{"dog"}, []uint8{0, 0}, []uint8{1, 1}, ""},
		{[]string{"cat", "dog"}, []string{"ant", "cat", "dog"}, []uint8{1, 2}, []uint8{0, 1}, ""},
		{[]string{"cat", "dog"}, []string{"ant", "cat", "dog"}, []uint8{1, 0}, nil, `class "ant", and the model knows cat, dog`},
		{[]string{"cat", "dog"}, nil, []uint8{1, 0}, nil, `class "1"`},
		{[]string{"10", "2", "x"}, nil, []uint8{2, 10}, []uint8{1, 0}, ""},
		{ClassNumbers(3), []string{"2", "x"}, []uint8{0}, []uint8{2}, ""}, // numbers are names
		{ClassNumbers(3), []string{"2", "x"}, []uint8{0, 1}, nil, `class "x", and the model knows 0, 1, 2`},
		{ClassNumbers(3), nil, []uint8{2, 3}, nil, `class "3"`},
		{ClassNumbers(3), []string{"02", "x"}, []uint8{0}, []uint8{2}, ""},
		{[]string{"01", "1"}, []string{"001", "x"}, []uint8{0}, nil, `class "001"`},
		{[]string{"caf\u00e9", "the"}, []string{"cafe\u0301", "the"}, []uint8{1, 0}, []uint8{1, 0}, ""}, // as macOS writes it
		{[]string{"caf\u00e9", "cafe\u0301"}, []string{"cafe\u0301", "caf\u00e9"}, []uint8{1, 0}, []uint8{0, 1}, ""},
		{[]string{"cat", "cat"}, []string{"cat", "cat"}, []uint8{1, 0}, []uint8{1, 0}, ""},
		{[]string{"cat", "dog"}, []string{"cat"}, nil, nil, ""},
		{[]string{"caf\ufffd", "caf\ufffd"}, []string{"caf\xe9", "caf\xe8"}, []uint8{1, 0}, []uint8{1, 0}, ""},
		{[]string{"caf\ufffd", "caf\ufffd"}, []string{"caf\xe9"}, []uint8{0}, nil, "and the model knows"},
		{[]string{"caf\ufffd", "dog"}, []string{"caf\xe9"}, []uint8{0}, []uint8{0}, ""},
	} {
		before := slices.Clone(c.labels)
		got, err := MatchLabels(dataset.Set{Classes: c.classes}, c.labels, c.names)
		if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) || err == nil && (!slices.Equal(got, c.want) || (got == nil) != (c.want == nil)) {
			t.Errorf("%v for %v: %v, %v", c.classes, c.names, got, err)
		}
		if !slices.Equal(c.labels, before) {
			t.Errorf("%v for %v: the set's own labels are %v now", c.classes, c.names, c.labels)
		}
	}
}

// TestMatchColumns: columns go by their names, in whatever form of Unicode.
func TestMatchColumns(t *testing.T) {
	for _, c := range []struct {
		names []string
		err   string
	}{
		{[]string{"gr\u00f6\u00dfe", "b"}, ""},
		{[]string{"gro\u0308\u00dfe", "b"}, ""},
		{[]string{"b", "gro\u0308\u00dfe"}, `column "b" stands where`},
		{[]string{"grosse", "b"}, "there is no column"},
	} {
		set := dataset.Set{Train: dataset.Images{Height: 1, Width: 2, Flat: true, Numbers: []float32{0, 1}}, Columns: c.names}
		shape := ShapeOf(set)
		shape.Columns = []string{"gr\u00f6\u00dfe", "b"}
		if _, err := shape.Match(t.Context(), &set); (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%q: %v, want %q", c.names, err, c.err)
		}
	}
}

package data

import (
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestMatchScale: a number is what the same number was in training, or the same picture in another
// common kind of numbers, or an error.
func TestMatchScale(t *testing.T) {
	one := func(lo, hi float32) *dataset.Scale { return &dataset.Scale{Lo: []float32{lo}, Hi: []float32{hi}} }
	each := func(hi ...float32) *dataset.Scale { return &dataset.Scale{Lo: make([]float32, len(hi)), Hi: hi} }
	for _, c := range []struct {
		model  *dataset.Scale
		flat   bool
		floats bool
		own    *dataset.Scale
		want   *dataset.Scale
		err    bool
	}{
		{nil, false, false, nil, nil, false},
		{nil, false, true, nil, nil, false},
		{nil, false, false, one(3, 40), nil, false},         // a dark picture is dark
		{nil, false, true, one(0.1, 0.2), nil, false},       // so is one of floats
		{nil, false, false, one(0, 1), one(0, 1), false},    // a drawing of zeros and ones
		{nil, false, true, one(0, 255), one(0, 255), false}, // bytes, as floats
		{nil, false, true, one(0, 16), nil, true},
		{nil, false, true, one(-1, 1), nil, true},
		{nil, false, true, one(0, 65535), nil, true},
		{nil, true, true, each(1.5, 0.5), one(0, 1), false}, // shares of what was most in training
		{one(0, 255), false, true, nil, one(0, 1), false},
		{one(0, 255), false, false, nil, one(0, 255), false},
		{one(0, 255), false, true, one(0, 16), one(0, 255), false},
		{one(0, 1), false, false, nil, one(0, 255), false},
		{one(-3, 5), false, true, one(-2, 6), one(-3, 5), false},
		{one(-3, 5), false, true, one(100, 105), nil, true},
		{one(-3, 5), false, true, one(-300, 500), nil, true},
		{one(0, 65535), false, false, nil, nil, true},
		{each(3, 4, 5, 0), true, true, each(3, 40, 4, 1), each(3, 4, 5, 0), false},
		{each(3, 4, 5, 0), true, true, each(31, 41, 4, 0), nil, true},
		{each(3, 4, 5, 0), true, true, each(0.1, 0, 2, 0), each(3, 4, 5, 0), false}, // a small set
		{each(16, 16, 16), true, true, nil, nil, true},
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
			images := dataset.Images{Scale: c.own}
			if c.floats {
				images.Numbers = []float32{}
			}
			got, _, err := Shape{Flat: c.flat, Scale: m}.matchScale(images)
			equal := got == want || got != nil && want != nil && slices.Equal(got.Lo, want.Lo) && slices.Equal(got.Hi, want.Hi) && got.Signed == want.Signed
			if (err != nil) != c.err || !equal {
				t.Errorf("model %+v, set %+v, floats %v: %+v, %v; want %+v", m, c.own, c.floats, got, err, want)
			}
		}
	}
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

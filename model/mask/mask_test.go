package mask

import (
	"math"
	"testing"
)

func TestMasks(t *testing.T) {
	draw := func(m Mask) string {
		s := ""
		for _, missing := range m {
			if missing {
				s += "#"
			} else {
				s += "."
			}
		}
		return s
	}
	for name, test := range map[string]struct {
		mask Mask
		want string
	}{
		"left":            {Half(5, 2, Left), "##...##..."},
		"right":           {Half(5, 2, Right), "...##...##"},
		"top":             {Half(2, 3, Top), "##...."},
		"bottom":          {Half(2, 3, Bottom), "....##"},
		"centred":         {CentredSquare(4, 4, 2), ".....##..##....."},
		"centred, uneven": {CentredSquare(4, 3, 1), ".....#......"},
		"too large":       {CentredSquare(2, 2, 9), "####"},
	} {
		if got := draw(test.mask); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	if got := draw(OfChannels([]Mask{{true, false}}, 3)[0]); got != "###..." {
		t.Errorf("of three channels: %s", got)
	}
	masks, err := Random(100, 300, 0.3, 1)
	if err != nil {
		t.Fatal(err)
	}
	missing := 0
	for _, m := range masks {
		missing += m.Missing()
	}
	if rate := float64(missing) / 30000; math.Abs(rate-0.3) > 4*math.Sqrt(0.3*0.7/30000) {
		t.Errorf("pixels are missing at a rate of %v, want 0.3", rate)
	}
	for rate, want := range map[float64]int{0: 0, 1: 300} {
		if all, _ := Random(2, 300, rate, 1); all[1].Missing() != want {
			t.Errorf("rate %v: %d of 300 missing", rate, all[1].Missing())
		}
	}
	squares, err := RandomSquares(400, 5, 4, 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]int{}
	for _, m := range squares {
		if m.Missing() != 4 {
			t.Fatalf("a square of 2 misses %d pixels", m.Missing())
		}
		places[draw(m)]++
	}
	if len(places) != 4*3 {
		t.Errorf("squares at %d places, want 12", len(places))
	}
	for _, s := range []Side{Left, Right, Top, Bottom} {
		if got, err := ParseSide(s.String()); got != s || err != nil {
			t.Errorf("%v reads as %v, %v", s, got, err)
		}
	}
	if _, err := ParseSide("middle"); err == nil {
		t.Error("unknown side: no error")
	}
	if _, err := Random(1, 3, math.NaN(), 1); err == nil {
		t.Error("rate NaN: no error")
	}
	if _, err := RandomSquares(1, 3, 4, 4, 1); err == nil {
		t.Error("a square that does not fit: no error")
	}
}

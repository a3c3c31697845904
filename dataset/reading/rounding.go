package reading

import (
	"fmt"
	"math"
)

// Rounding watches numbers become float32, which has 24 bits: of a day's seconds since 1970 it
// knows every 128th, of whole numbers around 2^40 every 65,536th.
type Rounding struct {
	of []extent // of each number of an example
}

// extent is from where to where a number goes, and by how much it was off at most.
type extent struct {
	low, high exact
	off       float64
	fraction  bool // some are no whole numbers
}

// exact is a number, and what a float64 lacks of it.
type exact struct{ x, rest float64 }

func (a exact) below(b exact) bool { return a.x < b.x || a.x == b.x && a.rest < b.rest }

// Take is x + rest, number j of an example, as float32. rest is what rounding to float64 has left.
// The numbers of the first example are taken in their order.
func (r *Rounding) Take(j int, x, rest float64) float32 {
	if j < 0 || j > len(r.of) {
		panic(fmt.Sprintf("reading: number %d of an example, after %d", j, len(r.of)))
	}
	if len(r.of) == j {
		r.of = append(r.of, extent{low: exact{x: math.Inf(1)}, high: exact{x: math.Inf(-1)}})
	}
	e, at, rounded := &r.of[j], exact{x, rest}, float32(x)
	if at.below(e.low) {
		e.low = at
	}
	if e.high.below(at) {
		e.high = at
	}
	if off := math.Abs(x - float64(rounded) + rest); off > e.off {
		e.off = off
	}
	if !e.fraction {
		e.fraction = x != math.Trunc(x)
	}
	return rounded
}

// Whole is a whole number of 64 bits as float64, with what that lacks: high is its upper 32 bits,
// with their sign, low the others.
func Whole(high int64, low uint32) (x, rest float64) {
	upper := float64(float64(high) * (1 << 32))
	x = upper + float64(low)
	return x, float64(low) - (x - upper)
}

const (
	// fewest is how many steps a range has, or it is refused: as many as a byte has values.
	fewest = 256
	// noise is the range of fractions, to the largest, below which they count as one number that
	// was reckoned in float64.
	noise = 1e-9
)

// Check fails if float32 has fewer than 256 steps within the range of a number. Rows of numbers,
// which are flat, have a range each, unless all are from 0 to 1, and others have one for all: see
// package source. name is what number j is called.
func (r *Rounding) Check(flat bool, name func(j int) string) error {
	all := extent{low: exact{x: math.Inf(1)}, high: exact{x: math.Inf(-1)}}
	for _, e := range r.of {
		if e.low.below(all.low) {
			all.low = e.low
		}
		if all.high.below(e.high) {
			all.high = e.high
		}
		all.off, all.fraction = max(all.off, e.off), all.fraction || e.fraction
	}
	if !flat || all.low.x >= 0 && all.high.x <= 1 {
		return all.check("")
	}
	for j, e := range r.of {
		if err := e.check(name(j) + ": "); err != nil {
			return err
		}
	}
	return nil
}

func (e extent) check(what string) error {
	size := e.high.x - e.low.x + (e.high.rest - e.low.rest)
	if size <= 0 || e.off <= size/(2*fewest) || e.fraction && size <= noise*max(math.Abs(e.low.x), math.Abs(e.high.x)) {
		return nil
	}
	return fmt.Errorf("%snumbers from %.17g to %.17g are off by up to %g as float32, with which models compute: subtract the lowest from all of them before, or leave them out",
		what, e.low.x, e.high.x, e.off)
}

package data

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset"
)

// matchRows is what a model of rows of numbers reads as 0 and 1 in each column of a set: what the
// same number was in training. It fails if the numbers of a column, or of most, can not be that,
// and says in which columns some are far off.
func (s Shape) matchRows(ctx context.Context, set dataset.Set) (scale *dataset.Scale, said []string, err error) {
	t := set.Train
	low, high := rangeOf(t)
	from := s.Scale
	switch {
	case from != nil:
	// Rows of bytes have no scale either, and no names.
	case !t.Floats() && high > 1 && s.Columns == nil:
		return nil, nil, nil
	default:
		from = bounds(0, 1)
	}
	c := comparison{names: s.Columns, from: *from, ranges: s.Scale != nil && len(from.Lo) == t.Dim()}
	if c.names == nil {
		c.names = set.Columns
	}
	for _, part := range []dataset.Images{set.Train, set.Valid, set.Test} {
		if err := c.add(ctx, part); err != nil {
			return nil, nil, err
		}
	}
	said, err = c.verdict()
	switch {
	case err != nil:
		return nil, nil, err
	case s.Scale == nil && t.Floats() && low >= 0 && high <= 1:
		return nil, said, nil // read as they are
	case s.Scale == nil && said == nil && (low < 0 || high > 1):
		said = []string{fmt.Sprintf("its numbers are from %g to %g, of which the model reads 0 to 1, and cuts the others", low, high)}
	}
	return from, said, nil
}

// comparison is how the columns of a set lie to those of training.
type comparison struct {
	names  []string
	from   dataset.Scale // what the model reads as 0 and 1
	ranges bool          // these are the ranges that the columns had, each its own

	parts     []extent
	low, high []float32 // of all parts
	examples  int
}

// extent is from where to where the columns of a part go, and how many of their numbers the model
// cuts.
type extent struct {
	low, high []float32
	beyond    []int
	examples  int
}

// take adds examples.
func (e *extent) take(more extent) {
	for j := range e.low {
		e.low[j], e.high[j] = min(e.low[j], more.low[j]), max(e.high[j], more.high[j])
		e.beyond[j] += more.beyond[j]
	}
	e.examples += more.examples
}

// add takes a part of the set. Few examples are taken for some of the part before them, of which they are
// if they were drawn.
func (c *comparison) add(ctx context.Context, part dataset.Images) (err error) {
	if part.Len() == 0 {
		return nil
	}
	e := extent{examples: part.Len()}
	if e.low, e.high, err = part.Extremes(ctx); err != nil {
		return err
	}
	if e.beyond, err = part.Beyond(ctx, c.from); err != nil {
		return err
	}
	if c.parts == nil {
		c.low, c.high = slices.Clone(e.low), slices.Clone(e.high)
	}
	for j := range c.low {
		c.low[j], c.high[j] = min(c.low[j], e.low[j]), max(c.high[j], e.high[j])
	}
	c.examples += e.examples
	if n := len(c.parts); n > 0 && e.examples < fewRows {
		c.parts[n-1].take(e)
		return nil
	}
	c.parts = append(c.parts, e)
	return nil
}

const (
	// muchSmaller is how many times smaller or narrower a column of a set is if that is worth a word, or
	// of all columns an error: metres instead of centimetres. Less is what rare numbers do that are missing.
	muchSmaller = 100
	// fewRows is how many say where a column lies and how large it is: fewer may be alike.
	fewRows = 10
)

// verdict fails if the numbers of a column are of another kind than in training, and otherwise
// says which columns have some that are.
func (c *comparison) verdict() (said []string, err error) {
	if err := c.otherUnits(); err != nil {
		return nil, err
	}
	if c.ranges {
		if err := c.allSmaller(muchSmaller); err != nil {
			return nil, err
		}
		if err := c.allSmaller(farther); err != nil { // or the large ones are rare, and missing
			said = append(said, err.Error())
		}
	}
	var odd []string
	varying, apart := 0, 0
	for j := range c.low {
		from, to := c.model(j)
		had := to - from
		if had <= 0 {
			continue // the model makes nothing of it
		}
		isOdd := false
		for i := range c.parts {
			most, far := c.lies(i, j)
			isOdd = isOdd || most || far
		}
		// By the first part, which is the largest. A constant within the range says nothing.
		first := c.parts[0]
		most, _ := c.lies(0, j)
		if most || first.low[j] < first.high[j] {
			varying++
		}
		if most {
			apart++
		}
		if has := float64(c.high[j]) - float64(c.low[j]); c.ranges && has > 0 && has*muchSmaller <= had && c.examples >= fewRows {
			isOdd = true
		}
		if isOdd {
			odd = append(odd, c.describe(j))
		}
	}
	switch {
	case c.examples >= fewRows && 2*apart > varying || c.tooDark():
		return nil, fmt.Errorf("its numbers are from %g to %g, and the model's were from %g to %g: want numbers that mean the same",
			slices.Min(c.low), slices.Max(c.high), slices.Min(c.from.Lo), slices.Max(c.from.Hi))
	case odd != nil:
		said = append(said, some(odd))
	}
	return said, nil
}

// lies tells whether most numbers of column j of part i are cut, and whether some lie far off.
func (c *comparison) lies(i, j int) (most, far bool) {
	e := c.parts[i]
	from, to := c.model(j)
	return 2*e.beyond[j] > e.examples, max(float64(e.high[j]), to)-min(float64(e.low[j]), from) > farther*(to-from)
}

// otherUnits fails if most numbers of a column are cut, and some lie far off.
func (c *comparison) otherUnits() error {
	var other []string
	for j := range c.low {
		is := false
		for i := range c.parts {
			most, far := c.lies(i, j)
			is = is || most && far
		}
		if from, to := c.model(j); is && from < to {
			other = append(other, c.describe(j))
		}
	}
	if other == nil {
		return nil
	}
	return fmt.Errorf("%s: want numbers that mean the same, in the same unit", some(other))
}

// allSmaller fails if all columns of a part are so many times smaller than they should be, as metres are
// where millimetres were. A narrow column that is not small is of one kind, and in the same unit.
func (c *comparison) allSmaller(times float64) error {
	for _, e := range c.parts {
		smaller, others := 0, 0
		for j := range e.low {
			from, to := c.model(j)
			is := max(math.Abs(float64(e.low[j])), math.Abs(float64(e.high[j])))
			switch {
			case from >= to || is == 0: // nothing to tell by
			case is*times <= max(math.Abs(from), math.Abs(to)):
				smaller++
			default:
				others++
			}
		}
		if smaller > 0 && others == 0 && e.examples >= fewRows {
			return fmt.Errorf("the numbers are from %g to %g, where the model reads %g to %g: want numbers that mean the same, in the same unit",
				slices.Min(e.low), slices.Max(e.high), slices.Min(c.from.Lo), slices.Max(c.from.Hi))
		}
	}
	return nil
}

// tooDark tells whether numbers from 0 to 1 are to be what bytes were.
func (c *comparison) tooDark() bool {
	_, hi := c.model(0)
	return !c.ranges && hi == 255 && slices.Max(c.high) <= 1 && slices.Max(c.high) > 0
}

// model is what the model reads as 0 and 1 in column j.
func (c *comparison) model(j int) (lo, hi float64) {
	if len(c.from.Lo) == 1 {
		j = 0
	}
	return float64(c.from.Lo[j]), float64(c.from.Hi[j])
}

// describe says where column j lies.
func (c *comparison) describe(j int) string {
	name := fmt.Sprintf("number %d of the examples, counted from 0,", j)
	if j < len(c.names) {
		name = fmt.Sprintf("column %q", c.names[j])
	}
	lo, hi := c.model(j)
	return fmt.Sprintf("%s is from %g to %g, where the model reads %g to %g", name, c.low[j], c.high[j], lo, hi)
}

// some are descriptions, but not hundreds.
func some(descriptions []string) string {
	const most = 5
	if n := len(descriptions); n > most {
		return fmt.Sprintf("%s; and so on for %d more", strings.Join(descriptions[:most], "; "), n-most)
	}
	return strings.Join(descriptions, "; ")
}

// bounds are one pair for all numbers.
func bounds(lo, hi float32) *dataset.Scale {
	return &dataset.Scale{Lo: []float32{lo}, Hi: []float32{hi}}
}

// rangeOf is from where to where the numbers of examples go, by their own scale.
func rangeOf(t dataset.Images) (low, high float32) {
	switch {
	case t.Scale != nil:
		return slices.Min(t.Scale.Lo), slices.Max(t.Scale.Hi)
	case t.Floats():
		return 0, 1
	}
	return 0, 255
}

// farther is how many times wider or narrower than the model's the range of a set is, if its
// numbers are others: those of bytes and from 0 to 1 differ by 255, of 16 bits and bytes by 257.
const farther = 10

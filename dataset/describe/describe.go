// Package describe is what can be said of a data set before anyone trains on it.
package describe

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/recovered"
)

// Facts are those of a set. The JSON names are a promise to users.
type Facts struct {
	Format   string `json:"format"`
	Height   int    `json:"height"`
	Width    int    `json:"width"`
	Channels int    `json:"channels"`
	Flat     bool   `json:"flat"` // rows of numbers that are no picture
	Floats   bool   `json:"floats"`
	Numbers  int    `json:"numbers"` // of an example

	Train int `json:"training"`
	Valid int `json:"validation"`
	Test  int `json:"test"`

	Classes []Class `json:"classes,omitempty"`

	Lo       float32 `json:"lowest"` // of the training examples, as they are stored
	Hi       float32 `json:"highest"`
	Mean     float64 `json:"mean"`               // as the model reads them, in [0,1]
	Std      float64 `json:"standard_deviation"` // between examples: the root of the mean variance of a number
	Constant int     `json:"constant"`           // numbers that are the same in all training examples

	Repeated int `json:"repeated_in_training"` // training examples that are there already
	Leaked   int `json:"test_in_training"`     // test examples that are training examples too

	Bytes  int64 `json:"bytes"`   // of all examples
	OnDisk bool  `json:"on_disk"` // they are read while they are used
}

// Class is one of the labels.
type Class struct {
	Label    int    `json:"label"`
	Name     string `json:"name,omitempty"`
	Training int    `json:"training"`
	Test     int    `json:"test"`
}

// Of finds the facts, in a few passes over the examples.
func Of(ctx context.Context, set dataset.Set) (f Facts, err error) {
	err = recovered.As[*dataset.ReadError](func() (err error) { // of a set on disk that is cut while it is read
		f, err = of(ctx, set)
		return err
	})
	if err != nil {
		return Facts{}, err
	}
	return f, nil
}

// of is Of, and panics with such an error where it reads single examples.
func of(ctx context.Context, set dataset.Set) (f Facts, err error) {
	t := set.Train
	if err := set.Check(); err != nil {
		return Facts{}, err
	}
	if t.Len() == 0 {
		return Facts{}, errors.New("no training examples to describe")
	}
	if test := set.Test; test.Len() > 0 && (test.Height != t.Height || test.Width != t.Width || test.Depth() != t.Depth()) {
		return Facts{}, fmt.Errorf("test examples of %d x %d x %d and training examples of %d x %d x %d", test.Height, test.Width, test.Depth(), t.Height, t.Width, t.Depth())
	}
	f = Facts{
		Format: set.Format, Height: t.Height, Width: t.Width, Channels: t.Depth(), Flat: t.Flat, Floats: t.Floats(), Numbers: t.Dim(),
		Train: t.Len(), Valid: set.Valid.Len(), Test: set.Test.Len(), OnDisk: t.Stored != nil,
	}
	f.Bytes = int64(f.Train+f.Valid+f.Test) * int64(t.RawSize())
	lo, hi, err := t.Extremes(ctx)
	if err != nil {
		return Facts{}, err
	}
	f.Lo, f.Hi = slices.Min(lo), slices.Max(hi)
	for j := range lo {
		if lo[j]-lo[j] != 0 || hi[j]-hi[j] != 0 {
			return Facts{}, fmt.Errorf("number %d of the training examples goes from %v to %v: want finite numbers", j, lo[j], hi[j])
		}
		if lo[j] == hi[j] {
			f.Constant++
		}
	}
	f.Mean, f.Std = Spread(t)
	f.classes(set)
	return f, f.copies(ctx, set)
}

// Spread is the mean of all numbers as the model reads them, and the root of the
// mean, over the numbers of an example, of their variances between examples.
func Spread(s dataset.Images) (mean, std float64) {
	sums, squares, row := make([]float64, s.Dim()), make([]float64, s.Dim()), make([]float32, s.Dim())
	n := float64(max(s.Len(), 1))
	for i := range s.Len() {
		s.Read(i, row)
		for j, x := range row {
			sums[j] += float64(x)
			squares[j] += float64(float64(x) * float64(x))
		}
	}
	variance := 0.0
	for j, sum := range sums {
		m := sum / n
		mean += m
		variance += max(0, squares[j]/n-float64(m*m))
	}
	d := float64(max(s.Dim(), 1))
	return mean / d, math.Sqrt(variance / d)
}

// classes counts labels.
func (f *Facts) classes(set dataset.Set) {
	if set.Train.Labels == nil {
		return
	}
	count := func(labels []uint8, of func(*Class) *int) {
		for _, l := range labels {
			for len(f.Classes) <= int(l) {
				c := Class{Label: len(f.Classes)}
				if c.Label < len(set.Classes) {
					c.Name = set.Classes[c.Label]
				}
				f.Classes = append(f.Classes, c)
			}
			*of(&f.Classes[l])++
		}
	}
	count(set.Train.Labels, func(c *Class) *int { return &c.Training })
	count(set.Test.Labels, func(c *Class) *int { return &c.Test })
	f.Classes = slices.DeleteFunc(f.Classes, func(c Class) bool { return c.Training+c.Test == 0 })
}

// copies finds examples that are there twice.
func (f *Facts) copies(ctx context.Context, set dataset.Set) error {
	seen := make(map[[16]byte]bool, set.Train.Len())
	var raw []byte
	digest := func(s dataset.Images, i int) [16]byte {
		raw = s.AppendRaw(raw[:0], i)
		sum := sha256.Sum256(raw)
		return [16]byte(sum[:16])
	}
	for i := range set.Train.Len() {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d := digest(set.Train, i)
		if seen[d] {
			f.Repeated++
		}
		seen[d] = true
	}
	for i := range set.Test.Len() {
		if seen[digest(set.Test, i)] {
			f.Leaked++
		}
	}
	return nil
}

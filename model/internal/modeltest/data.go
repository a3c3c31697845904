package modeltest

import (
	"errors"
	"math/rand/v2"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Bars are examples in [0, 1], easy to model: one of five bars, and noise.
type Bars struct {
	N, Width int
	Noise    float32 // 0.1 if it is 0
}

// Len is the number of examples.
func (b Bars) Len() int { return b.N }

// Dim is the number of pixels.
func (b Bars) Dim() int { return b.Width }

// Label is which of the five bars example i is.
func (b Bars) Label(i int) int { return rand.New(rand.NewPCG(7, uint64(i))).IntN(5) }

// Read writes example i to dst.
func (b Bars) Read(i int, dst []float32) {
	rng := rand.New(rand.NewPCG(7, uint64(i)))
	bar := rng.IntN(5)
	noise := b.Noise
	if noise == 0 {
		noise = 0.1
	}
	for j := range dst {
		dst[j] = float32(noise * rng.Float32()) // rounded, so that no compiler fuses it with the difference
		if j%5 == bar {
			dst[j] = 1 - dst[j]
		}
	}
}

// Remainders are examples that are read without an allocation.
type Remainders struct{ N, Width int }

// Len is the number of examples.
func (r Remainders) Len() int { return r.N }

// Dim is the number of pixels.
func (r Remainders) Dim() int { return r.Width }

// Read writes example i to dst.
func (r Remainders) Read(i int, dst []float32) {
	for j := range dst {
		dst[j] = float32(i*j%7) / 7
	}
}

// Images are the examples lo to hi-1 of data, one a row.
func Images(data model.Data, lo, hi int) kernels.Matrix {
	m := kernels.NewMatrix(hi-lo, data.Dim())
	rows.Read(m, data, lo)
	return m
}

// Cut are examples on a disk that can not be read any more: a fetch of them fails, and who reads them without one fails worse.
type Cut struct{ Bars }

// ErrCut is the error of a fetch.
var ErrCut = errors.New("the examples can not be read any more")

// Fetch fails.
func (Cut) Fetch([]int) error { return ErrCut }

// Read panics.
func (Cut) Read(int, []float32) { panic("an example was read that was not fetched") }

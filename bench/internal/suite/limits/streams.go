package limits

import (
	"bytes"
	"math/rand/v2"
	"unsafe"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Columns of the limits that move data.
const (
	LoadStoreColumn = "load and store"
	UpdateColumn    = "update in place"
	ReadColumn      = "read"
)

// LoadStore is the identity kernel: it moves the elements and computes nothing.
// elements counts those of a call in the row's terms.
func LoadStore(s *cases.Setting, n int, elements float64) cases.Entry {
	e := s.Best()
	src, dst := operands.Aligned(n, operands.Unit), operands.Aligned(n, operands.Unit)
	return limit(LoadStoreColumn, table.Elements, elements, cases.Each(func() { e.Apply(kernels.Identity, dst, src) }))
}

// UpdateInPlace is the identity kernel in place on memory of which it reads and
// writes that many bytes together.
func UpdateInPlace(s *cases.Setting, size int) cases.Entry {
	e := s.Best()
	x := operands.Aligned(size/8, operands.Unit)
	return limit(UpdateColumn, table.GBytes, float64(8*len(x)), cases.Each(func() { e.Apply(kernels.Identity, x, x) }))
}

// Read is bytes.Equal on the halves of that many bytes: vector instructions that
// load and compare, two streams at a time.
func Read(s *cases.Setting, size int) cases.Entry {
	// Written to once: untouched pages would all be one page of zeros.
	x := operands.Aligned(size/8*2, func(*rand.Rand) float32 { return 1 })
	all := unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), 4*len(x))
	lower, upper := all[:len(all)/2], all[len(all)/2:][:len(all)/2]
	return limit(ReadColumn, table.GBytes, float64(2*len(lower)), cases.Each(func() {
		if !bytes.Equal(lower, upper) {
			panic("limits: equal bytes differ")
		}
	}))
}

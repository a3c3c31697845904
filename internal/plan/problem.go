// Package plan decides how a product is computed: from its shape, its strides, the
// size of its elements, the instruction set and the number of threads.
//
// A decision changes the speed of a product and none of its bits. Each is made here
// and nowhere else. Sizes that mean memory are in bytes, so that they hold for both
// types of elements. docs/performance.md has the reasons together, and what was
// measured.
package plan

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Problem is a product C = A B, or C += A B, M x K by K x N. TransA and TransB say which
// factor is stored as its transpose.
type Problem struct {
	ISA                       isa.ISA
	Size                      int // bytes of an element
	Threads                   int
	TransA, TransB            bool
	M, N, K                   int
	StrideA, StrideB, StrideC int  // of the matrices as they are stored, in elements
	Scaled                    bool // A is multiplied by a number first, other than -1
	Negated                   bool // A or B is multiplied by -1 first
	Triangle                  bool // one triangle of a square C is computed
	CrossesPages              bool // of the core: see isa.CrossesPages
}

// panel is the elements in a cache line, and the columns of a panel.
func (p *Problem) panel() int { return view.Line / p.Size }

// bytes is the memory of so many elements.
func (p *Problem) bytes(elements int) int { return elements * p.Size }

// lined tells whether rows so far apart begin at whole lines, if the first does. Else a
// vector of AVX-512 is parts of two lines, which takes longer if nothing has fetched
// them.
func (p *Problem) lined(stride int) bool { return p.bytes(stride)%view.Line == 0 }

// crowded tells whether rows so far apart begin at the same place of their pages. The
// rows of a tile then share a few sets of the first-level cache, and drive each other
// out.
func (p *Problem) crowded(stride int) bool { return p.bytes(stride)%view.Page == 0 }

// prefetches tells whether the instruction set has tiles that fetch what comes after
// them.
func (p *Problem) prefetches() bool { return p.ISA.PrefetchPanels() > 0 }

// memoryOfB is what the rows of B span.
func (p *Problem) memoryOfB() int {
	rows := p.K
	if p.TransB {
		rows = p.N
	}
	return p.bytes(rows * p.StrideB)
}

// memoryOfA is what the rows of A span.
func (p *Problem) memoryOfA() int {
	rows := p.M
	if p.TransA {
		rows = p.K
	}
	return p.bytes(rows * p.StrideA)
}

package kernels

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/view"
)

// GemmBatch computes c[i] = alpha*op(a[i])*op(b[i]) + beta*c[i] for each i. The lists have
// one length; shapes may differ from product to product. The bits are those of
// [Engine.Gemm], one product after the other. Threads share the list, or each product if
// there are few and large ones. No c may overlap another matrix of the call; matrices of
// a and b may be used several times. All arguments are checked before anything is written, but
// for overlaps of a c with other matrices than those of its own product and the c before.
func (e *Engine) GemmBatch(transA, transB bool, alpha float32, a, b []Matrix, beta float32, c []Matrix) {
	e.checkNil()
	gemmBatch(e, batch[float32]{transA, transB, alpha, beta, len(c),
		factor[float32]{list: viewsOf[view.Matrix[float32]](a)},
		factor[float32]{list: viewsOf[view.Matrix[float32]](b)},
		factor[float32]{list: viewsOf[view.Matrix[float32]](c)}})
}

// GemmBatch64 is [Engine.GemmBatch] of float64.
func (e *Engine) GemmBatch64(transA, transB bool, alpha float64, a, b []Matrix64, beta float64, c []Matrix64) {
	e.checkNil()
	gemmBatch(e, batch[float64]{transA, transB, alpha, beta, len(c),
		factor[float64]{list: viewsOf[view.Matrix[float64]](a)},
		factor[float64]{list: viewsOf[view.Matrix[float64]](b)},
		factor[float64]{list: viewsOf[view.Matrix[float64]](c)}})
}

// GemmStrided computes count products of one shape, as [Engine.GemmBatch] does, whose
// matrices lie at equal distances: those of product i begin i*stepA, i*stepB and i*stepC
// elements after the first of a.Data, b.Data and c.Data. A step of 0 for a or b uses one
// matrix for all. The results lie one after the other, or side by side in the rows of a
// larger matrix.
func (e *Engine) GemmStrided(count int, transA, transB bool, alpha float32, a Matrix, stepA int, b Matrix, stepB int, beta float32, c Matrix, stepC int) {
	e.checkNil()
	gemmStrided(e, batch[float32]{transA, transB, alpha, beta, count,
		factor[float32]{first: a.view(), step: stepA}, factor[float32]{first: b.view(), step: stepB}, factor[float32]{first: c.view(), step: stepC}})
}

// GemmStrided64 is [Engine.GemmStrided] of float64.
func (e *Engine) GemmStrided64(count int, transA, transB bool, alpha float64, a Matrix64, stepA int, b Matrix64, stepB int, beta float64, c Matrix64, stepC int) {
	e.checkNil()
	gemmStrided(e, batch[float64]{transA, transB, alpha, beta, count,
		factor[float64]{first: a.view(), step: stepA}, factor[float64]{first: b.view(), step: stepB}, factor[float64]{first: c.view(), step: stepC}})
}

// batch is products that differ in their matrices only.
type batch[T view.Float] struct {
	transA, transB bool
	alpha, beta    T
	count          int
	a, b, c        factor[T]
}

// factor is the matrices of one place in all products: a list, or the first of those at
// equal distances.
type factor[T view.Float] struct {
	list  []view.Matrix[T]
	first view.Matrix[T]
	step  int
	now   view.Matrix[T] // what at returns of those at equal distances
}

// at is the matrix of product i, until the next call. Its place is returned, since a copy
// would take a tenth of the time of the smallest products.
func (f *factor[T]) at(i int) *view.Matrix[T] {
	if f.list != nil {
		return &f.list[i]
	}
	f.now = f.first
	f.now.Data = f.first.Data[i*f.step:]
	return &f.now
}

// viewsOf is a list as the packages below have it, in its place.
func viewsOf[V, M any](list []M) []V {
	return unsafe.Slice((*V)(unsafe.Pointer(unsafe.SliceData(list))), len(list))
}

// gemmBatch is GemmBatch for both types of elements.
func gemmBatch[T view.Float](e *Engine, s batch[T]) {
	if len(s.a.list) != s.count || len(s.b.list) != s.count {
		panic(fmt.Sprintf("kernels: GemmBatch of %d left and %d right factors with %d results", len(s.a.list), len(s.b.list), s.count))
	}
	s.compute(e, s.checkAll())
}

// checkAll panics unless all products are for Gemm, with the number of the first that is
// not. It returns the multiply-adds of all.
func (s *batch[T]) checkAll() (work int64) {
	i := 0
	defer func() {
		if wrong := recover(); wrong != nil {
			panic(fmt.Sprintf("%v, in product %d of 0 to %d", wrong, i, s.count-1))
		}
	}()
	for ; i < s.count; i++ {
		work += s.check(i)
		if c := s.c.at(i); i > 0 && s.c.list != nil && !view.Apart(c.Data, s.c.list[i-1].Data) {
			operand{"the result", c.Region()}.checkApart(operand{"the one before", s.c.list[i-1].Region()})
		}
	}
	return work
}

// gemmStrided is GemmStrided for both types of elements.
func gemmStrided[T view.Float](e *Engine, s batch[T]) {
	if s.count < 0 {
		panic(fmt.Sprintf("kernels: GemmStrided of %d products", s.count))
	}
	if s.count == 0 {
		return
	}
	s.a.checkStep("left factors", s.count)
	s.b.checkStep("right factors", s.count)
	s.c.checkStep("results", s.count)
	work := int64(s.count) * s.check(0)
	s.check(s.count - 1)
	c := &s.c.first
	if c.Rows == 0 || c.Cols == 0 {
		return
	}
	after := (c.Rows-1)*c.Stride + c.Cols // the next may begin here
	if beside := (s.count-1)*s.c.step+c.Cols <= c.Stride && s.c.step >= c.Cols; s.count > 1 && s.c.step < after && !beside {
		panic(fmt.Sprintf("kernels: the results of GemmStrided overlap: %d of %d x %d with stride %d, %d elements apart", s.count, c.Rows, c.Cols, c.Stride, s.c.step))
	}
	if !view.Apart(s.c.first.Data, s.a.first.Data) || !view.Apart(s.c.first.Data, s.b.first.Data) {
		s.checkAll() // they may lie between each other; results that are apart are not without number
	}
	s.compute(e, work)
}

// checkStep panics unless all of count matrices begin within the elements.
func (f *factor[T]) checkStep(what string, count int) {
	if f.step < 0 || f.step > 0 && count-1 > len(f.first.Data)/f.step {
		panic(fmt.Sprintf("kernels: %d %s of GemmStrided, %d elements apart, in %d elements", count, what, f.step, len(f.first.Data)))
	}
}

// check panics unless product i is one for Gemm, and returns its multiply-adds.
func (s *batch[T]) check(i int) (work int64) {
	a, b, c := s.a.at(i), s.b.at(i), s.c.at(i)
	m, n, k := checkGemm(s.transA, s.transB, a, b, c)
	if !view.Apart(c.Data, a.Data) || !view.Apart(c.Data, b.Data) {
		checkGemmApart(s.transA, s.transB, a, b, c)
	}
	return int64(m) * int64(n) * int64(k)
}

// compute computes all products, which have been checked.
func (s *batch[T]) compute(e *Engine, work int64) {
	piece := 0
	if work > 0 {
		piece = plan.BatchPiece(e.Threads(), s.count, work)
	}
	if piece == 0 {
		s.run(e, 0, s.count)
		return
	}
	s.share(e, piece)
}

// share has the threads take pieces of the list. It is a function of its own because what
// threads share is allocated, and a batch on one thread allocates nothing.
func (s *batch[T]) share(e *Engine, piece int) {
	shared, serial := *s, e.Serial()
	e.pool.Pieces(s.count, piece, func(lo, hi, _ int) {
		own := shared
		own.run(serial, lo, hi)
	})
	runtime.KeepAlive(e)
}

// run computes the products lo to hi-1.
func (s *batch[T]) run(e *Engine, lo, hi int) {
	plain := isPlain(s.transB, s.alpha, s.beta)
	for i := lo; i < hi; i++ {
		a, b, c := s.a.at(i), s.b.at(i), s.c.at(i)
		if plain && product.Small(e.isa, s.transA, a, b, c, s.beta == 0) {
			continue
		}
		gemm(e, s.transA, s.transB, s.alpha, a, b, s.beta, c)
	}
}

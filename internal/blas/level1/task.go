package level1

import (
	"sync"

	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// kind is what a task does.
type kind uint8

const (
	axpy kind = iota
	scal
	swap
	rotate
)

// task is work on vectors that threads share.
type task[T view.Float] struct {
	kind   kind
	isa    isa.ISA
	alpha  T
	matrix simd.Matrix[T]
	x, y   []T
}

// part does the elements from lo to hi.
func (t *task[T]) part(lo, hi int) {
	switch x := t.x[lo:hi]; t.kind {
	case axpy:
		simd.Axpy(t.isa, t.alpha, x, t.y[lo:hi])
	case scal:
		simd.Scale(t.isa, t.alpha, x)
	case swap:
		simd.Swap(t.isa, x, t.y[lo:hi])
	case rotate:
		simd.Rotate(t.isa, x, t.y[lo:hi], t.matrix)
	}
}

// shared is a task with the function that threads call, which is made once.
type shared[T view.Float] struct {
	task  task[T]
	lines func(lo, hi int)
}

var (
	shared32 = sync.Pool{New: func() any { return newShared[float32]() }}
	shared64 = sync.Pool{New: func() any { return newShared[float64]() }}
)

func newShared[T view.Float]() *shared[T] {
	s, panel := new(shared[T]), view.Panel[T]()
	s.lines = func(lo, hi int) { s.task.part(lo*panel, min(hi*panel, len(s.task.x))) }
	return s
}

// share has the threads do parts of the task, in whole lines.
func share[T view.Float](pool *threads.Pool, t task[T]) {
	all := view.ByType[T](&shared32, &shared64)
	s := all.Get().(*shared[T])
	s.task = t
	pool.Split((len(t.x)+view.Panel[T]()-1)/view.Panel[T](), s.lines)
	s.task = task[T]{}
	all.Put(s)
}

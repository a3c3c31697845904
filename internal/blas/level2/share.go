package level2

import (
	"sync"

	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// part does the rows, elements or panels from lo to hi.
func (t *task[T]) part(lo, hi int) {
	switch t.kind {
	case byRows:
		t.rowsPart(lo, hi)
	case byColumns:
		t.columnsPart(lo, hi)
	case rankOne:
		t.rankOnePart(lo, hi)
	case triangleOne:
		t.triangleOnePart(lo, hi)
	case triangleTwo:
		t.triangleTwoPart(lo, hi)
	case symmetric:
		t.symmetricPart(lo, hi)
	}
}

// unit is the parts that a thread does together: the kernels' groups of rows, and whole
// lines of a row.
func (t *task[T]) unit() int {
	switch t.kind {
	case byColumns:
		return view.Panel[T]()
	case symmetric:
		return 1
	default:
		return panelRows
	}
}

// shared is a task with the functions that threads call, which are made once.
type shared[T view.Float] struct {
	task  task[T]
	parts int
	units func(lo, hi int)
	item  func(k int)
}

var (
	shared32 = sync.Pool{New: func() any { return newShared[float32]() }}
	shared64 = sync.Pool{New: func() any { return newShared[float64]() }}
)

func newShared[T view.Float]() *shared[T] {
	s := new(shared[T])
	s.units = func(lo, hi int) {
		unit := s.task.unit()
		s.task.part(lo*unit, min(hi*unit, s.parts))
	}
	s.item = func(k int) { s.units(k, k+1) }
	return s
}

// share has the threads do so many parts of the task: one range each or, where parts are
// of different length, as they become free.
func share[T view.Float](pool *threads.Pool, t task[T], parts int) {
	all := view.ByType[T](&shared32, &shared64)
	s := all.Get().(*shared[T])
	s.task, s.parts = t, parts
	unit := t.unit()
	units := (parts + unit - 1) / unit
	if t.kind == triangleOne || t.kind == triangleTwo {
		pool.Each(units, s.item)
	} else {
		pool.Split(units, s.units)
	}
	s.task = task[T]{}
	all.Put(s)
}

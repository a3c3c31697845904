package kernels

import (
	"fmt"
	"runtime"
	"sync"
)

// Engine runs kernels with one instruction set on a number of threads. It may
// be used by several goroutines at once.
type Engine struct {
	isa  ISA
	pool *pool // nil: everything runs on the caller's goroutine
}

// Option configures an Engine.
type Option func(*options)

type options struct {
	limit   *ISA
	threads int
}

// WithMaxISA caps the instruction set: the engine takes the best available one
// that is not better than limit. Without it [ISAVariable] is the cap.
func WithMaxISA(limit ISA) Option { return func(o *options) { o.limit = &limit } }

// WithThreads sets the number of threads, the caller's included. The default,
// 0, is GOMAXPROCS.
func WithThreads(n int) Option { return func(o *options) { o.threads = n } }

// New makes an engine. It fails if the number of threads is negative or
// [ISAVariable] names no instruction set.
func New(opts ...Option) (*Engine, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	if o.threads < 0 {
		return nil, fmt.Errorf("kernels: %d threads: want 0 (all) or more", o.threads)
	}
	if o.threads == 0 {
		o.threads = runtime.GOMAXPROCS(0)
	}
	if o.limit == nil {
		limit, err := limitFromEnvironment()
		if err != nil {
			return nil, err
		}
		o.limit = &limit
	}
	e := &Engine{isa: best(*o.limit)}
	if o.threads > 1 {
		e.pool = newPool(o.threads)
		// The workers hold the pool but not the engine, so an engine that is
		// dropped without Close is found and its workers end.
		runtime.AddCleanup(e, func(p *pool) { p.close() }, e.pool)
	}
	return e, nil
}

// Default is an engine for the whole process, made at first use with the
// defaults of [New]. It panics where New fails.
var Default = sync.OnceValue(func() *Engine {
	e, err := New()
	if err != nil {
		panic(err)
	}
	return e
})

// ISA is the instruction set in use.
func (e *Engine) ISA() ISA { return e.isa }

// Threads is the number of threads, the caller's included.
func (e *Engine) Threads() int {
	if e.pool == nil {
		return 1
	}
	return e.pool.threads
}

// Serial is the same engine on the caller's goroutine alone, for use inside
// [Engine.Split], [Engine.Each] and [Engine.Relay].
func (e *Engine) Serial() *Engine { return &Engine{isa: e.isa} }

// Close ends the engine's threads. The engine must not be used afterwards.
func (e *Engine) Close() {
	if e.pool != nil {
		e.pool.close()
	}
}

// Split divides 0..n-1 into one range for each thread and calls fn for all of
// them at the same time. It returns when all are done.
func (e *Engine) Split(n int, fn func(lo, hi int)) {
	if e.pool == nil {
		if n > 0 {
			fn(0, n)
		}
		return
	}
	e.pool.split(n, fn)
	runtime.KeepAlive(e)
}

// Each calls fn for each of 0..n-1; threads take the next number as they become
// free. It returns when all are done.
func (e *Engine) Each(n int, fn func(i int)) {
	if e.pool == nil {
		for i := range n {
			fn(i)
		}
		return
	}
	e.pool.each(n, fn)
	runtime.KeepAlive(e)
}

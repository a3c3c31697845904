package kernels

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/peak"
	"github.com/targetprop/targetprop/internal/threads"
)

// Engine runs kernels with one instruction set on a number of threads. Several
// goroutines may use it at once. The threads serve one call at a time: a call
// that finds them busy, also one from inside [Engine.Split] and its like, runs on
// its caller's goroutine alone. [New] makes an engine. The zero Engine is plain Go
// on the caller's goroutine.
type Engine struct {
	isa isa.ISA

	// pool is the threads, or nil: everything runs on the caller's goroutine. The
	// pool is closed when the engine and all copies of it are garbage, and with them
	// the owner, but what runs holds the pool only. So methods that use it end with
	// runtime.KeepAlive(e).
	pool  *threads.Pool
	owner *owner
}

// owner is what an engine and its copies have in common, and the pool's workers have not. It has a pointer, since
// objects without one may share their memory, and then their end, with others.
type owner struct{ pool *threads.Pool }

func init() {
	engine.Of = func(of any) engine.Core {
		e := of.(*Engine)
		e.checkNil()
		return engine.Core{ISA: e.isa, Pool: e.pool}
	}
}

// Option configures an Engine.
type Option func(*options)

type options struct {
	limit   *ISA
	threads int
}

// WithMaxISA caps the instruction set. The engine takes the best one of
// [Available] that is not better than limit. Without this option [ISAVariable] is
// the cap.
func WithMaxISA(limit ISA) Option { return func(o *options) { o.limit = &limit } }

// WithThreads sets the number of threads, the caller's included. The default,
// 0, is GOMAXPROCS.
func WithThreads(n int) Option { return func(o *options) { o.threads = n } }

// New makes an engine. It fails if the number of threads is negative or above 65,536, if the
// limit is no instruction set, if an option is nil, or if [ISAVariable] is read and names none.
func New(opts ...Option) (*Engine, error) {
	var o options
	for i, opt := range opts {
		if opt == nil {
			return nil, fmt.Errorf("kernels: option %d of New is nil", i)
		}
		opt(&o)
	}
	const mostThreads = 1 << 16
	if o.threads < 0 || o.threads > mostThreads {
		return nil, fmt.Errorf("kernels: %d threads: want 0 (all) to %d", o.threads, mostThreads)
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
	if !isa.ISA(*o.limit).Valid() {
		return nil, fmt.Errorf("kernels: unknown instruction set %v", *o.limit)
	}
	e := &Engine{isa: isa.Best(isa.ISA(*o.limit)), pool: threads.New(o.threads)}
	if e.pool != nil {
		// The workers hold the pool but not its owner, so that with an engine that is
		// dropped without Close the owner is found and the workers end.
		e.owner = &owner{e.pool}
		runtime.AddCleanup(e.owner, func(p *threads.Pool) { p.Close() }, e.pool)
	}
	return e, nil
}

// Default is an engine for the whole process. Its first call makes it with the
// defaults of [New]. It panics if New fails.
var Default = sync.OnceValue(func() *Engine {
	e, err := New()
	if err != nil {
		panic(err)
	}
	return e
})

// ISA is the instruction set in use.
func (e *Engine) ISA() ISA {
	e.checkNil()
	return ISA(e.isa)
}

// Threads is the number of threads, the caller's included.
func (e *Engine) Threads() int {
	e.checkNil()
	return e.pool.Threads()
}

// Serial is an engine of the same instruction set on the caller's goroutine
// alone, for use inside [Engine.Split], [Engine.Each] and [Engine.Relay].
func (e *Engine) Serial() *Engine {
	e.checkNil()
	return &Engine{isa: e.isa}
}

// Close ends the engine's threads. Calls that are under way end as they would
// have. Later calls that need the threads panic, before they write anything;
// others may. An engine of one thread has nothing to end. An engine that is
// dropped without Close ends its threads when it is garbage.
func (e *Engine) Close() {
	e.checkNil()
	e.pool.Close()
}

// Split divides 0..n-1 into one range for each thread and calls fn for all of
// them at the same time. No range is empty. Split returns when all are done. A
// panic in fn, on whatever thread, reaches the caller.
func (e *Engine) Split(n int, fn func(lo, hi int)) {
	e.checkNil()
	checkFunction("Split", n, fn == nil)
	e.pool.Split(n, fn)
	runtime.KeepAlive(e)
}

// Each calls fn for each of 0..n-1. Threads take the next number as they become
// free. Each returns when all are done. A panic in fn, on whatever thread, reaches
// the caller.
func (e *Engine) Each(n int, fn func(i int)) {
	e.checkNil()
	checkFunction("Each", n, fn == nil)
	e.pool.Each(n, fn)
	runtime.KeepAlive(e)
}

// Relay calls fn for each of stages 0..stages-1 on ranges lo..hi-1 that cover
// 0..n-1. Every number goes through the stages in order, each a call of its own.
// Threads share the numbers out. A thread that has no more takes half of
// another's between two stages of that one's. So all are busy until few numbers
// are left, though one thread's core is slower or has other work. worker, below
// [Engine.Threads], is a number that no other call of fn in this Relay has at the
// same time. Relay returns when all are done. A panic in fn, on whatever thread,
// reaches the caller.
//
// It is for chains of products on the rows of a minibatch, of which a thread
// wants many at a time. Where pieces are independent and small, [Engine.Each] is
// simpler.
func (e *Engine) Relay(n, stages int, fn func(worker, stage, lo, hi int)) {
	e.checkNil()
	checkFunction("Relay", n, fn == nil)
	e.pool.Relay(n, stages, fn)
	runtime.KeepAlive(e)
}

// checkNil panics if there is no engine. Every method calls it first: a nil Engine has neither
// instruction set nor threads, and the runtime's words would name neither.
func (e *Engine) checkNil() {
	if e == nil {
		panic("kernels: the Engine is nil: New makes one, and Default is one")
	}
}

// checkFunction panics if there is something to do and no function that does it.
func checkFunction(what string, n int, missing bool) {
	if n > 0 && missing {
		panic(fmt.Sprintf("kernels: %s without a function", what))
	}
}

// PeakFMA runs turns of a loop of fused multiply-adds on registers and returns
// the number of floating-point operations in it, two for each multiply-add. Timed,
// it is the peak of the core under the engine's instruction set: the denominator
// of every share of peak in this project. Plain Go has no such loop; the result is
// then 0.
func (e *Engine) PeakFMA(turns int) (flops int) {
	e.checkNil()
	return peak.FMA(e.isa, turns)
}

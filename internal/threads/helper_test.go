package threads

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// patience is how long a test waits for what should take a moment.
const patience = time.Minute

// poolsOf are the sizes of pools that tests try: 1 is a nil pool.
var poolsOf = []int{1, 2, 3, 7}

// newPool is a pool that the test closes.
func newPool(t testing.TB, threads int) *Pool {
	p := New(threads)
	t.Cleanup(p.Close)
	return p
}

// goroutine is the number of the goroutine that calls it.
func goroutine() string {
	var buffer [64]byte
	return string(bytes.Fields(buffer[:runtime.Stack(buffer[:], false)])[1])
}

// outcome is how a function ended: it returned, panicked with a value or exited.
type outcome struct {
	panicked, exited bool
	value            any
}

// outcomeOf runs f on a goroutine of its own.
func outcomeOf(t testing.TB, f func()) outcome {
	t.Helper()
	done := make(chan outcome, 1)
	go func() {
		o := outcome{exited: true}
		defer func() {
			if value := recover(); value != nil {
				o = outcome{panicked: true, value: value}
			}
			done <- o
		}()
		f()
		o.exited = false
	}()
	select {
	case o := <-done:
		return o
	case <-time.After(patience):
		stacks := make([]byte, 1<<20)
		t.Fatalf("the call hangs:\n%s", stacks[:runtime.Stack(stacks, true)])
		panic("unreachable")
	}
}

// kind is a way to call fn, on numbers enough for all threads.
type kind struct {
	name string
	call func(p *Pool, fn func())
}

var kinds = []kind{
	{"Split", func(p *Pool, fn func()) { p.Split(1000, func(_, _ int) { fn() }) }},
	{"Each", func(p *Pool, fn func()) { p.Each(1000, func(int) { fn() }) }},
	{"Relay", func(p *Pool, fn func()) { p.Relay(1000, 5, func(_, _, _, _ int) { fn() }) }},
	{"Pieces", func(p *Pool, fn func()) { p.Pieces(1000, 10, func(_, _, _ int) { fn() }) }},
	{"one piece each", func(p *Pool, fn func()) { p.Pieces(1000, 1000, func(_, _, _ int) { fn() }) }},
}

// checkWorks checks that each kind of call has all threads of the pool, at the
// same time, and that Relay and Pieces hand over.
func checkWorks(t testing.TB, p *Pool) {
	t.Helper()
	for _, k := range kinds {
		m := newMeeting(p.Threads())
		if o := outcomeOf(t, func() { k.call(p, m.attend) }); o != (outcome{}) {
			t.Errorf("%s afterwards: %+v", k.name, o)
		}
		if m.missed.Load() {
			t.Errorf("%s afterwards: %d of %d threads", k.name, len(m.here), p.Threads())
		}
	}
	if p == nil {
		return
	}
	if idle := p.legs.idle.Load(); idle != 0 || len(p.legs.offered) != 0 {
		t.Errorf("%d idle threads and %d legs are left", idle, len(p.legs.offered))
	}
}

// meeting is where goroutines wait until so many of them have come.
type meeting struct {
	size   int
	mutex  sync.Mutex
	here   map[string]bool
	all    chan struct{}
	missed atomic.Bool
}

func newMeeting(size int) *meeting {
	return &meeting{size: size, here: map[string]bool{}, all: make(chan struct{})}
}

func (m *meeting) attend() {
	m.mutex.Lock()
	if me := goroutine(); !m.here[me] {
		m.here[me] = true
		if len(m.here) == m.size {
			close(m.all)
		}
	}
	m.mutex.Unlock()
	if m.missed.Load() {
		return
	}
	select {
	case <-m.all:
	case <-time.After(patience / 4):
		m.missed.Store(true)
	}
}

// coverage counts how often each number was done.
type coverage []atomic.Int32

func (c coverage) add(lo, hi int) {
	for i := lo; i < hi; i++ {
		c[i].Add(1)
	}
}

func (c coverage) check(t testing.TB, times int, format string, args ...any) {
	t.Helper()
	for i := range c {
		if n := int(c[i].Load()); n != times {
			t.Errorf("%s: number %d was done %d times, want %d", fmt.Sprintf(format, args...), i, n, times)
		}
	}
}

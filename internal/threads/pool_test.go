package threads

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestThreads(t *testing.T) {
	for _, threads := range []int{-1, 0, 1, 2, 5} {
		if n := newPool(t, threads).Threads(); n != max(threads, 1) {
			t.Errorf("New(%d) has %d threads", threads, n)
		}
	}
	checkWorks(t, nil)
	checkWorks(t, newPool(t, 5))
}

// TestInside: calls inside fn, of the same pool, do their work on one thread.
func TestInside(t *testing.T) {
	p := newPool(t, 3)
	for _, k := range kinds {
		for _, inside := range kinds {
			var calls atomic.Int32
			k.call(p, func() {
				if calls.Add(1) > 10 {
					return // a few are enough
				}
				me := goroutine()
				inside.call(p, func() {
					if goroutine() != me {
						t.Errorf("%s in %s left its goroutine", inside.name, k.name)
					}
				})
			})
		}
	}
}

// TestManyGoroutines: calls at the same time do all their work, once, and panics
// reach those whose they are.
func TestManyGoroutines(t *testing.T) {
	p := newPool(t, 4)
	var group sync.WaitGroup
	for g := range 64 {
		group.Go(func() {
			for round := range 20 {
				c := make(coverage, 50)
				p.Split(50, c.add)
				p.Each(50, func(i int) { c.add(i, i+1) })
				p.Relay(50, 2, func(_, _, lo, hi int) { c.add(lo, hi) })
				p.Pieces(50, 5, func(lo, hi, _ int) { c.add(lo, hi) })
				p.Pieces(50, 50, func(lo, hi, _ int) { c.add(lo, hi) })
				c.check(t, 6, "goroutine %d", g)
				func() {
					want := &c[round]
					defer func() {
						if value := recover(); value != want {
							t.Errorf("goroutine %d: recovered %v", g, value)
						}
					}()
					kinds[round%len(kinds)].call(p, func() { panic(want) })
				}()
			}
		})
	}
	group.Wait()
	checkWorks(t, p)
}

// TestClosed: calls on a closed pool panic, but for those that have nothing to do.
func TestClosed(t *testing.T) {
	p := New(3)
	p.Close()
	p.Close()
	for _, k := range kinds {
		o := outcomeOf(t, func() { k.call(p, func() { t.Errorf("%s calls fn", k.name) }) })
		if o.value != Closed {
			t.Errorf("%s: %+v", k.name, o)
		}
	}
	p.Split(0, nil)
	p.Each(0, nil)
	p.Relay(0, 3, nil)
	p.Pieces(0, 3, nil)
	if p.Threads() != 3 {
		t.Errorf("%d threads", p.Threads())
	}
	p = nil
	p.Close()
	checkWorks(t, p)
}

// TestCloseInside: the call under way goes on with all threads, later ones panic.
func TestCloseInside(t *testing.T) {
	for _, k := range kinds {
		goroutines := runtime.NumGoroutine()
		p := New(3)
		all := newMeeting(3)
		var refused atomic.Int32
		o := outcomeOf(t, func() {
			k.call(p, func() {
				p.Close()
				all.attend()
				defer func() {
					if recover() == Closed {
						refused.Add(1)
					}
				}()
				p.Split(3, func(_, _ int) {})
			})
		})
		if o != (outcome{}) || all.missed.Load() || refused.Load() < 3 {
			t.Errorf("%s: %+v, %d refused", k.name, o, refused.Load())
		}
		if o := outcomeOf(t, func() { k.call(p, func() {}) }); o.value != Closed {
			t.Errorf("%s afterwards: %+v", k.name, o)
		}
		checkEnd(t, goroutines)
	}
}

// TestCloseMeanwhile: a call that Close meets does all of its work or none.
func TestCloseMeanwhile(t *testing.T) {
	goroutines := runtime.NumGoroutine()
	for range 100 {
		p := New(3)
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				var c coverage
				defer func() {
					switch value := recover(); value {
					case Closed:
						c.check(t, 0, "a refused call")
					default:
						t.Errorf("%v", value)
					}
				}()
				for {
					c = make(coverage, 40)
					p.Pieces(40, 4, func(lo, hi, _ int) { c.add(lo, hi) })
					c.check(t, 1, "a call")
				}
			})
		}
		for range 2 {
			group.Go(p.Close)
		}
		group.Wait()
	}
	checkEnd(t, goroutines)
}

// TestCloseAfterPanic: a worker that was replaced ends like the others.
func TestCloseAfterPanic(t *testing.T) {
	goroutines := runtime.NumGoroutine()
	for _, fails := range []func(bool){func(bool) { panic(errFn) }, func(bool) { runtime.Goexit() }} {
		p := New(4)
		s := scene{fails: fails, worker: true}
		s.play(t, p, kinds[0])
		p.Close()
	}
	checkEnd(t, goroutines)
}

// TestCollected: workers do not hold what holds the pool, so that a cleanup can
// close it.
func TestCollected(t *testing.T) {
	goroutines := runtime.NumGoroutine()
	type owner struct{ pool *Pool }
	for range 10 {
		o := &owner{New(4)}
		runtime.AddCleanup(o, (*Pool).Close, o.pool)
		o.pool.Each(10, func(int) { _ = o.pool.Threads() })
		runtime.KeepAlive(o)
	}
	for deadline := time.Now().Add(patience); runtime.NumGoroutine() > goroutines && time.Now().Before(deadline); {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	checkEnd(t, goroutines)
}

// checkEnd waits until there are no more goroutines than before.
func checkEnd(t *testing.T, before int) {
	t.Helper()
	for deadline := time.Now().Add(patience / 4); runtime.NumGoroutine() > before; {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, want %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
		time.Sleep(time.Millisecond)
	}
}

// TestAllocations: no call allocates, on threads, on one thread, and inside another.
func TestAllocations(t *testing.T) {
	part, item := func(_, _ int) {}, func(int) {}
	stage, piece := func(_, _, _, _ int) {}, func(_, _, _ int) {}
	calls := map[string]func(p *Pool){
		"Split":          func(p *Pool) { p.Split(100, part) },
		"Each":           func(p *Pool) { p.Each(100, item) },
		"Relay":          func(p *Pool) { p.Relay(100, 5, stage) },
		"Pieces":         func(p *Pool) { p.Pieces(100, 5, piece) },
		"one piece each": func(p *Pool) { p.Pieces(100, 100, piece) },
	}
	p := newPool(t, 3)
	for name, call := range calls {
		for where, f := range map[string]func(){
			"on threads":    func() { call(p) },
			"on one thread": func() { call(nil) },
		} {
			if n := testing.AllocsPerRun(100, f); n != 0 {
				t.Errorf("%s %s allocates %v times", name, where, n)
			}
		}
	}
	p.Split(1, func(_, _ int) {
		for name, call := range calls {
			if n := testing.AllocsPerRun(100, func() { call(p) }); n != 0 {
				t.Errorf("%s inside Split allocates %v times", name, n)
			}
		}
	})
}

func BenchmarkPool(b *testing.B) {
	part, item := func(_, _ int) {}, func(int) {}
	stage, piece := func(_, _, _, _ int) {}, func(_, _, _ int) {}
	p := newPool(b, 2)
	for _, k := range []struct {
		name string
		call func()
	}{
		{"Split", func() { p.Split(1000, part) }},
		{"Each", func() { p.Each(1000, item) }},
		{"Relay", func() { p.Relay(1000, 5, stage) }},
		{"Pieces", func() { p.Pieces(1000, 10, piece) }},
		{"OnePieceEach", func() { p.Pieces(1000, 1000, piece) }},
	} {
		b.Run(k.name, func(b *testing.B) {
			for b.Loop() {
				k.call()
			}
		})
	}
}

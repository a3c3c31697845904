package threads

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// errFn is what fn panics with: a pointer, so that only itself is equal.
var errFn = errors.New("fn failed")

// scene is a call of which some threads fail in their first call of fn, while the
// others wait in theirs until they do.
type scene struct {
	fails  func(onCaller bool)
	caller bool // that fails: the caller's goroutine
	worker bool // that fails: all others

	under  atomic.Int32 // calls of fn under way
	before atomic.Int32 // that began
	inside atomic.Bool  // fn was under way when the call returned
}

// play runs the call, and checks that no thread is in fn when it ends.
func (s *scene) play(t *testing.T, p *Pool, k kind) outcome {
	t.Helper()
	all := newMeeting(p.Threads())
	return outcomeOf(t, func() {
		caller := goroutine()
		defer func() { s.inside.Store(s.under.Load() != 0) }()
		k.call(p, func() {
			s.under.Add(1)
			defer s.under.Add(-1)
			s.before.Add(1)
			all.attend()
			if onCaller := goroutine() == caller; onCaller && s.caller || !onCaller && s.worker {
				s.fails(onCaller)
			}
			for p.legs.idle.Load() >= 0 {
				runtime.Gosched() // until the pool knows
			}
		})
	})
}

// TestFailures has fn panic and exit on the caller's goroutine, on workers and on
// all threads, in each kind of call.
func TestFailures(t *testing.T) {
	panics := func(bool) { panic(errFn) }
	exits := func(bool) { runtime.Goexit() }
	for _, test := range []struct {
		name           string
		caller, worker bool
		fails          func(onCaller bool)
		want           outcome
	}{
		{"panic on the caller", true, false, panics, outcome{panicked: true, value: errFn}},
		{"panic on workers", false, true, panics, outcome{panicked: true, value: errFn}},
		{"panic everywhere", true, true, panics, outcome{panicked: true, value: errFn}},
		{"Goexit on the caller", true, false, exits, outcome{exited: true}},
		{"Goexit on workers", false, true, exits, outcome{panicked: true, value: Exited}},
		{"Goexit everywhere", true, true, exits, outcome{exited: true}},
		{"Goexit on workers, panic on the caller", true, true, func(onCaller bool) {
			if onCaller {
				panic(errFn)
			}
			runtime.Goexit()
		}, outcome{panicked: true, value: errFn}},
		{"panic, and Goexit in its place", false, true, func(bool) {
			defer runtime.Goexit()
			panic(errFn)
		}, outcome{panicked: true, value: Exited}},
		{"Goexit, and panic in its place", false, true, func(bool) {
			defer panic(errFn)
			runtime.Goexit()
		}, outcome{panicked: true, value: errFn}},
	} {
		for _, threads := range poolsOf[1:] {
			p := newPool(t, threads)
			for _, k := range kinds {
				t.Run(fmt.Sprintf("%s/%s/%d threads", test.name, k.name, threads), func(t *testing.T) {
					s := scene{fails: test.fails, caller: test.caller, worker: test.worker}
					if o := s.play(t, p, k); o != test.want {
						t.Errorf("the call ended with %+v, want %+v", o, test.want)
					}
					if s.inside.Load() {
						t.Error("a thread was in fn when the call ended")
					}
					if n := int(s.before.Load()); n != threads {
						t.Errorf("fn was called %d times, want once on each of %d threads", n, threads)
					}
				})
			}
			checkWorks(t, p)
		}
	}
}

// TestFirstPanicCounts: the caller's panic comes after a worker's.
func TestFirstPanicCounts(t *testing.T) {
	for _, k := range kinds {
		p := newPool(t, 2)
		s := scene{caller: true, worker: true, fails: func(onCaller bool) {
			if !onCaller {
				panic(errFn)
			}
			for p.legs.idle.Load() >= 0 {
				runtime.Gosched()
			}
			panic("later")
		}}
		if o := s.play(t, p, k); o.value != errFn {
			t.Errorf("%s: the call ended with %+v", k.name, o)
		}
		checkWorks(t, p)
	}
}

// TestPanicWhileOthersWait: one thread has nothing to do and waits for a leg when
// the other panics.
func TestPanicWhileOthersWait(t *testing.T) {
	p := newPool(t, 2)
	for _, slow := range []int{0, 1} { // the number that fails; thread 0 is the caller's
		wait := func() {
			for p.legs.idle.Load() == 0 {
				runtime.Gosched()
			}
			panic(errFn)
		}
		for name, call := range map[string]func(){
			"Relay": func() {
				p.Relay(2, 1, func(_, _, lo, _ int) {
					if lo == slow {
						wait()
					}
				})
			},
			"Pieces": func() {
				p.Pieces(4, 1, func(lo, _, _ int) {
					if lo == 2*slow {
						wait()
					}
				})
			},
		} {
			if o := outcomeOf(t, call); o.value != errFn {
				t.Errorf("%s: number %d: %+v", name, slow, o)
			}
			checkWorks(t, p)
		}
	}
}

// TestStopWithLegOffered: the call fails when a leg is offered that nobody took.
func TestStopWithLegOffered(t *testing.T) {
	var r legs
	r.init(2)
	r.open = 2
	r.idle.Store(1) // a thread that waits
	l := leg{lo: 0, hi: 40}
	if !r.offer(&l, 8) || l.hi != 20 || len(r.offered) != 1 {
		t.Fatalf("of 40 numbers %d are left and %d legs offered", l.hi, len(r.offered))
	}
	r.stop()
	if r.offer(&l, 8) || l.hi != 20 {
		t.Error("offer goes on after the failure")
	}
	if next, more := r.take(); more {
		t.Errorf("take returns %v after the failure", next)
	}
	if r.reset(); r.idle.Load() != 0 || len(r.offered) != 0 {
		t.Errorf("reset leaves %d idle threads and %d legs", r.idle.Load(), len(r.offered))
	}
}

// TestPanicInside: a call inside fn panics, of the same pool and of another, on
// the caller's goroutine and on a worker.
func TestPanicInside(t *testing.T) {
	outer, other := newPool(t, 3), newPool(t, 2)
	for _, inner := range []*Pool{nil, outer, other} {
		for _, k := range kinds {
			for _, inside := range kinds {
				s := scene{worker: true, fails: func(bool) { inside.call(inner, func() { panic(errFn) }) }}
				if o := s.play(t, outer, k); o.value != errFn {
					t.Errorf("%s in %s: %+v", inside.name, k.name, o)
				}
			}
		}
	}
	checkWorks(t, outer)
	checkWorks(t, other)
}

// TestExitInside: a worker of one pool is the caller of another and exits there.
func TestExitInside(t *testing.T) {
	outer, other := newPool(t, 2), newPool(t, 2)
	s := scene{worker: true, fails: func(bool) {
		me := goroutine()
		other.Each(2, func(int) {
			if goroutine() == me {
				runtime.Goexit()
			}
		})
		runtime.Goexit() // if the other's worker was faster
	}}
	if o := s.play(t, outer, kinds[0]); o.value != Exited {
		t.Errorf("%+v", o)
	}
	checkWorks(t, outer)
	checkWorks(t, other)
}

// TestPanicRecoveredInside: a panic that fn recovers is none.
func TestPanicRecoveredInside(t *testing.T) {
	p := newPool(t, 3)
	for _, k := range kinds {
		o := outcomeOf(t, func() {
			k.call(p, func() {
				defer func() {
					if value := recover(); value != errFn {
						t.Errorf("%s: recovered %v", k.name, value)
					}
				}()
				p.Split(10, func(_, _ int) { panic(errFn) })
			})
		})
		if o != (outcome{}) {
			t.Errorf("%s: %+v", k.name, o)
		}
	}
	checkWorks(t, p)
}

// TestNilFunction: a nil fn is a panic like others.
func TestNilFunction(t *testing.T) {
	p := newPool(t, 3)
	for name, call := range map[string]func(){
		"Split":  func() { p.Split(10, nil) },
		"Each":   func() { p.Each(10, nil) },
		"Relay":  func() { p.Relay(10, 2, nil) },
		"Pieces": func() { p.Pieces(10, 1, nil) },
	} {
		if _, ok := outcomeOf(t, call).value.(runtime.Error); !ok {
			t.Errorf("%s of nil does not panic with a runtime.Error", name)
		}
	}
	checkWorks(t, p)
}

// workerPanics is in the stack that TestStack looks for.
//
//go:noinline
func workerPanics() { panic(errFn) }

// TestStack: a panic that nothing recovers says where it began.
func TestStack(t *testing.T) {
	const variable = "TARGETPROP_TEST_STACK"
	if os.Getenv(variable) != "" {
		go func() { // so that package testing does not recover it
			New(2).Split(2, func(lo, _ int) {
				if lo == 1 {
					workerPanics()
				}
			})
		}()
		select {}
	}
	command := exec.Command(os.Args[0], "-test.run=^TestStack$")
	command.Env = append(os.Environ(), variable+"=1")
	out, err := command.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Skipf("the test cannot run itself, as under an emulator: %v", err)
	}
	if err == nil {
		t.Error("the program did not end by a panic")
	}
	for _, want := range []string{"threads.workerPanics", errFn.Error(), "(*Pool).Split"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
}

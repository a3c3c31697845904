package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/targetprop/targetprop/internal/threads"
)

// TestHostile: whatever the arguments are, a call computes, or panics with words of this package
// before anything is written. It writes nothing outside of what it is given. Then the engine has
// all its threads. The arguments are those of a valid call, some of them spoiled at random.
// TARGETPROP_ROUNDS is how many of each method on each engine; make test-slow has thousands.
func TestHostile(t *testing.T) {
	rounds := 40
	if many, err := strconv.Atoi(os.Getenv("TARGETPROP_ROUNDS")); err == nil {
		rounds = many
	}
	all := engines(t)
	closed := newEngine(t, WithThreads(3))
	closed.Close()
	all["closed"], all["the zero Engine"] = closed, &Engine{}
	h := &hostile{rng: rand.New(rand.NewPCG(27, 31))}
	var now string
	watch := time.AfterFunc(time.Minute, func() { panic(now + " takes long") })
	defer watch.Stop()
	computed, refused := 0, 0
	for name, e := range all {
		for method, u := range uses() {
			watch.Reset(time.Minute)
			for range rounds {
				args := h.arguments(u, e)
				if now = name + ": " + method + described(args); isHuge(method, args) {
					continue
				}
				reason := u.refusal(e, method, args)
				words, _ := reason.(string)
				switch {
				case reason == nil || reason == enough:
					computed++
				case strings.HasPrefix(words, "kernels: ") || e == closed && words == threads.Closed:
					refused++
				default:
					t.Errorf("%s: %v", now, reason)
				}
				if wrong := h.written(reason != nil && reason != enough); wrong != "" {
					t.Errorf("%s: %s (%v)", now, wrong, reason)
				}
			}
			if e != closed {
				hasAllThreads(t, e, name+" after "+method)
			}
		}
	}
	t.Logf("%d computed, %d refused", computed, refused)
	if few := rounds * len(all) * 10; computed < few || refused < few {
		t.Errorf("%d calls computed and %d were refused, want more of each", computed, refused)
	}
}

// isHuge tells whether a call takes as much memory or time as it is told to.
func isHuge(method string, args []any) bool {
	size := 1.0
	for _, a := range args {
		if n, ok := a.(int); ok {
			size *= max(float64(n), 16)
		}
	}
	switch method {
	case "NewMatrix", "NewMatrix64", "NewPacked", "NewColumns", "Optimizer.NewMoments":
		return size > 1<<20 && size < 1<<50
	case "PeakFMA":
		return size > 1<<20
	}
	return false
}

// hostile makes arguments, and knows the memory that they lie in.
type hostile struct {
	rng    *rand.Rand
	memory []piece
}

// A piece of memory is of one argument, with canaries on both sides.
type piece struct {
	of            int // the argument
	whole, before reflect.Value
	from, to      int
}

// arguments are those of the valid call in memory between canaries, with some of them spoiled.
func (h *hostile) arguments(u use, e *Engine) []any {
	args := u.arguments(e)
	h.memory = h.memory[:0]
	for i := range args {
		v := settable(args[i])
		for _, data := range dataOf(v) {
			if data.CanSet() {
				h.place(i, data)
			}
		}
		args[i] = v.Interface()
	}
	for range h.rng.IntN(4) {
		i := h.rng.IntN(len(args) + 1)
		if i == len(args) {
			continue
		}
		v := settable(args[i])
		h.spoil(v)
		args[i] = v.Interface()
	}
	return args
}

// place moves the slice to memory with canaries around it.
func (h *hostile) place(argument int, data reflect.Value) {
	const around = 40
	n := data.Len()
	whole := reflect.MakeSlice(data.Type(), n+2*around, n+2*around)
	for i := range whole.Len() {
		whole.Index(i).SetFloat(-7)
	}
	reflect.Copy(whole.Slice(around, around+n), data)
	before := reflect.MakeSlice(data.Type(), whole.Len(), whole.Len())
	reflect.Copy(before, whole)
	data.Set(whole.Slice3(around, around+n, around+n))
	h.memory = append(h.memory, piece{argument, whole, before, around, around + n})
}

// spoil makes v, or a part of it, something else.
func (h *hostile) spoil(v reflect.Value) {
	if !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.Int:
		n := int(v.Int())
		all := []int{-1, 0, 1, 2, n - 1, n + 1, 2 * n, math.MinInt, math.MaxInt, math.MaxInt - 1, power(31), power(32), power(60), power(62), power(62) + 1}
		v.SetInt(int64(all[h.rng.IntN(len(all))]))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(h.rng.Uint64() >> (64 - 8*v.Type().Size()) >> h.rng.IntN(8))
	case reflect.Float32, reflect.Float64:
		all := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1, -1, 1e-40, 3e38}
		v.SetFloat(all[h.rng.IntN(len(all))])
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Func:
		v.Set(reflect.MakeFunc(v.Type(), func([]reflect.Value) []reflect.Value { panic(enough) }))
		if h.rng.IntN(2) == 0 {
			v.SetZero()
		}
	case reflect.Slice:
		h.spoilSlice(v)
	case reflect.Struct:
		if h.rng.IntN(20) == 0 {
			v.SetZero()
			return
		}
		h.spoil(v.Field(h.rng.IntN(v.NumField())))
	}
}

// spoilSlice makes v nil, shorter, or a part of another argument's memory.
func (h *hostile) spoilSlice(v reflect.Value) {
	switch n := h.rng.IntN(4); {
	case n == 0:
		v.SetZero()
	case n == 1:
		v.Set(v.Slice(0, h.rng.IntN(v.Len()+1)))
	case v.Len() > 0 && v.Index(0).Kind() == reflect.Struct:
		h.spoil(v.Index(h.rng.IntN(v.Len())))
	case len(h.memory) > 0:
		p := h.memory[h.rng.IntN(len(h.memory))]
		if p.whole.Type() != v.Type() {
			return
		}
		from := p.from + h.rng.IntN(3)*h.rng.IntN(p.to-p.from+1)/2
		v.Set(p.whole.Slice3(from, max(from, p.to), max(from, p.to)))
	}
}

// written says what was written outside of all arguments, or in spite of a refusal.
func (h *hostile) written(refused bool) string {
	for _, p := range h.memory {
		for i := range p.whole.Len() {
			inside := i >= p.from && i < p.to
			if p.whole.Index(i).Float() != p.before.Index(i).Float() && (refused || !inside) {
				return fmt.Sprintf("element %d of %d of argument %d was written", i-p.from, p.to-p.from, p.of)
			}
		}
	}
	return ""
}

// hasAllThreads fails unless a call of Each has all threads of the engine at once.
func hasAllThreads(t *testing.T, e *Engine, when string) {
	t.Helper()
	var here atomic.Int32
	end := time.Now().Add(10 * time.Second)
	e.Each(e.Threads(), func(int) {
		here.Add(1)
		for int(here.Load()) < e.Threads() && time.Now().Before(end) {
			runtime.Gosched()
		}
	})
	if late := !time.Now().Before(end); late {
		t.Errorf("%s: the engine has fewer than %d threads", when, e.Threads())
	}
}

// described are the arguments, and of slices their lengths alone.
func described(args []any) string {
	var all []string
	for _, a := range args {
		all = append(all, describe(reflect.ValueOf(a)))
	}
	return "(" + strings.Join(all, ", ") + ")"
}

func describe(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k == reflect.Struct {
			var all []string
			for i := range v.Len() {
				all = append(all, describe(v.Index(i)))
			}
			return "[" + strings.Join(all, " ") + "]"
		}
		return fmt.Sprintf("[%d]", v.Len())
	case reflect.Struct:
		var all []string
		for i := range v.NumField() {
			all = append(all, describe(v.Field(i)))
		}
		return "{" + strings.Join(all, " ") + "}"
	case reflect.Func:
		return "func"
	}
	return fmt.Sprint(v)
}

package kernels

import (
	"math"
	"math/bits"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestNilEngine: every method names the engine that is missing.
func TestNilEngine(t *testing.T) {
	var none *Engine
	typ := reflect.TypeOf(none)
	for i := range typ.NumMethod() {
		method := typ.Method(i)
		args := []reflect.Value{reflect.ValueOf(none)}
		if u, ok := uses()[method.Name]; ok && u.call == nil {
			for _, a := range u.arguments(Default()) {
				args = append(args, reflect.ValueOf(a))
			}
		} else {
			for j := 1; j < method.Type.NumIn(); j++ {
				args = append(args, reflect.Zero(method.Type.In(j)))
			}
		}
		if reason := caught.Panic(func() { method.Func.Call(args) }); !strings.HasPrefix(reason, "kernels: the Engine is nil") {
			t.Errorf("%s of a nil Engine: %q", method.Name, reason)
		}
	}
}

// TestCopiedEngine: an engine works on when only a copy of it is left.
func TestCopiedEngine(t *testing.T) {
	e, err := New(WithThreads(2))
	if err != nil {
		t.Fatal(err)
	}
	c := *e
	e = nil
	for range 5 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond) // cleanups run on a goroutine of their own
		if reason := caught.Panic(func() { c.Each(10, func(int) {}) }); reason != "" {
			t.Fatal(reason)
		}
	}
	_ = e
	c.Close()
}

// TestPlanTooLarge: sizes that no memory holds have no plan of numbers that overflow.
func TestPlanTooLarge(t *testing.T) {
	for _, n := range []int{math.MaxInt, math.MaxInt / 2, 1 << (bits.UintSize/2 + 8)} {
		m := Matrix{Rows: n, Cols: n, Stride: n}
		for _, p := range []Plan{Default().PlanGemm(false, false, 1, m, m, 0, m), Default().PlanAffine(m, Packed{Rows: n, Cols: n}), Default().PlanGradient(m, Packed{Rows: n, Cols: n})} {
			if p.String() != tooLargeText {
				t.Errorf("%d x %d: %q", n, n, p)
			}
		}
	}
}

package model_test

import (
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// soakVariable is how long TestSoak goes on.
const soakVariable = "TARGETPROP_SOAK"

// soakWork is one round: a training, its prior and samples, and products, with engines of
// its own that are closed again.
func soakWork(t *testing.T, set kernels.ISA) []float32 {
	e, err := kernels.New(kernels.WithMaxISA(set), kernels.WithThreads(2))
	if err != nil {
		t.Error(err)
		return nil
	}
	defer e.Close()
	n, err := model.New(model.DefaultConfig(30, 21, 13), 3, e)
	if err != nil {
		t.Error(err)
		return nil
	}
	settings := smallTraining()
	trainer, err := model.NewTrainer(n, groupData, settings, e)
	for err == nil && !trainer.Done() {
		_, err = trainer.Step()
	}
	if err == nil {
		err = n.EstimatePrior(t.Context(), e, groupData, settings.Inference, nil)
	}
	if err != nil {
		t.Error(err)
		return nil
	}
	samples, err := n.Generate(t.Context(), e, 20, model.DefaultSampling(), nil)
	if err != nil {
		t.Error(err)
	}
	a, c := kernels.NewMatrix(130, 70), kernels.NewMatrix(130, 130)
	e.AddGaussian(a, a, 1, kernels.Noise{Seed: 5}, 0)
	e.Gemm(false, true, 1, a, a, 0, c)
	e.Exp(a.Data, a.Data)
	return slices.Concat(modeltest.Parameters(n), n.Prior.Mean, n.Prior.Std, samples.Data, c.Data, a.Data)
}

// TestSoak trains and multiplies on all instruction sets at once, beside the collector and
// the profiler's signals: the bits are right each time, and the memory stays what it was.
func TestSoak(t *testing.T) {
	duration := 2 * time.Second
	if text := os.Getenv(soakVariable); text != "" {
		var err error
		if duration, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	} else if testing.Short() {
		t.Skip("takes two seconds, or an hour: make soak")
	}
	want := soakWork(t, kernels.Generic)
	if err := pprof.StartCPUProfile(io.Discard); err != nil {
		t.Skip(err) // the tests are profiled already
	}
	defer pprof.StopCPUProfile()
	end := time.Now().Add(duration)
	var mu sync.Mutex
	rounds := 0
	var workers sync.WaitGroup
	for i, set := range append(kernels.Available(), kernels.Available()...) {
		workers.Go(func() {
			for time.Now().Before(end) && !t.Failed() {
				if at := modeltest.FirstDifference(soakWork(t, set), want); at >= 0 {
					t.Errorf("worker %d, %v: number %d of %d differs", i, set, at, len(want))
				}
				mu.Lock()
				rounds++
				mu.Unlock()
			}
		})
	}
	// What is in use after a collection, in bytes: that of the first tenth and after.
	var first, last uint64
	for begin := time.Now(); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if last = m.HeapAlloc + m.StackInuse; first == 0 || time.Since(begin) < duration/10 {
			first = max(first, last)
		}
	}
	workers.Wait()
	debug.FreeOSMemory()
	if last > first+first/2+8<<20 {
		t.Errorf("%d bytes in use at the end, %d at most in the beginning", last, first)
	}
	if n := runtime.NumGoroutine(); n > 30 {
		t.Errorf("%d goroutines are left", n)
	}
	t.Logf("%d rounds in %v; %.1f MB in use at first, %.1f MB at the end", rounds, duration, float64(first)/1e6, float64(last)/1e6)
}

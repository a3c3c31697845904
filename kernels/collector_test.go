package kernels_test

import (
	"math"
	"runtime"
	"runtime/metrics"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/mat"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// stops are how often the collector has stopped all goroutines, by the time that it waited for
// the last of them.
func stops() *metrics.Float64Histogram {
	s := []metrics.Sample{{Name: "/sched/pauses/stopping/gc:seconds"}}
	metrics.Read(s)
	return s[0].Value.Float64Histogram()
}

// BenchmarkCollector tells how long the collector waits for calls with large operands, of which
// it interrupts none: stops, and the half, the last hundredth and the longest of them, in
// microseconds, as bounds from above. The operating system's pauses are among the longest, as a
// loop in Go shows, which the collector may interrupt anywhere.
func BenchmarkCollector(b *testing.B) {
	e, err := kernels.New(kernels.WithThreads(1))
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	long, long64 := make([]float32, 1<<25), make([]float64, 1<<24)
	line := kernels.Matrix{Rows: 1, Cols: 1 << 25, Stride: 1 << 25, Data: long}
	many := kernels.Matrix{Rows: 1 << 21, Cols: 16, Stride: 16, Data: long}
	const inputs = 1 << 18
	w, x, y := kernels.NewPacked(inputs+1, 64), kernels.NewMatrix(128, inputs), kernels.NewMatrix(128, 64)
	for _, x := range [][]float32{long, w.Data, x.Data} { // or the system's first zeros are among the stops
		clear(x)
	}
	clear(long64)
	const n = 1500
	square, square64 := kernels.NewMatrix(n, n), kernels.NewMatrix64(n, n)
	triangle := mat.NewTriDense(n, mat.Upper, nil)
	for i := range n {
		triangle.SetTri(i, i, 1)
	}
	t := triangle.RawTriangular()
	for _, use := range []struct {
		name string
		call func()
	}{
		{"a loop in Go", func() {
			for i, v := range long {
				long[i] = v * v
			}
		}},
		{"AddGaussian", func() { e.AddGaussian(line, line, 1, kernels.Noise{}, 0) }},
		{"BernoulliMean", func() { e.BernoulliMean(line, line, 10, kernels.Noise{}, 0) }},
		{"Exp", func() { e.Exp(long, long) }},
		{"Log64", func() { e.Log64(long64, long64) }},
		{"Softmax of a row", func() { e.Softmax(line, line) }},
		{"Softmax of rows", func() { e.Softmax(many, many) }},
		{"Affine", func() { e.Affine(y, kernels.Softplus, x, w) }},
		{"Gradient", func() {
			e.Gradient(w, x, kernels.NewPacked(128, 64))
		}},
		{"Gemm", func() { e.Gemm(false, false, 1, square, square, 0, kernels.NewMatrix(n, n)) }},
		{"Gemm64", func() { e.Gemm64(false, true, 1, square64, square64, 0, kernels.NewMatrix64(n, n)) }},
		{"Dgemv", func() {
			gonumblas.Implementation{}.Dgemv(blas.NoTrans, 4096, 4096, 1, long64, 4096, long64[:4096:4096], 1, 0, make([]float64, 4096), 1)
		}},
		{"Ddot", func() { gonumblas.Implementation{}.Ddot(len(long64), long64, 1, long64, 1) }},
		{"Dtrsm", func() {
			gonumblas.Implementation{}.Dtrsm(blas.Left, t.Uplo, blas.NoTrans, blas.NonUnit, n, n, 1, t.Data, t.Stride, square64.Data, square64.Stride)
		}},
		{"Dtrsv", func() {
			gonumblas.Implementation{}.Dtrsv(t.Uplo, blas.Trans, blas.NonUnit, n, t.Data, t.Stride, square64.Data[:n], 1)
		}},
	} {
		b.Run(use.name, func(b *testing.B) {
			end, ended := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(ended)
				for {
					select {
					case <-end:
						return
					default:
						runtime.GC()
					}
				}
			}()
			before := stops()
			for b.Loop() {
				use.call()
			}
			after := stops()
			close(end)
			<-ended
			var all uint64
			for i := range after.Counts {
				after.Counts[i] -= before.Counts[i]
				all += after.Counts[i]
			}
			within := func(part float64) float64 { // what the shortest of them, this part of all, stay below
				var sum uint64
				for i, c := range after.Counts {
					if sum += c; float64(sum) >= part*float64(all) {
						return min(after.Buckets[i+1], math.MaxFloat32) * 1e6
					}
				}
				return 0
			}
			b.ReportMetric(float64(all), "stops")
			b.ReportMetric(within(0.5), "half-µs")
			b.ReportMetric(within(0.99), "99%-µs")
			b.ReportMetric(within(1), "longest-µs")
		})
	}
}

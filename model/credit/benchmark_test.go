package credit

import (
	"fmt"
	"testing"
	"time"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// flops is the floating-point operations of a rule's products for an example, two for each
// multiply-add: those of all maps up and of their gradients, and what leads down.
func flops(rule Rule, sizes []int) float64 {
	top := len(sizes) - 1
	var total int
	weights := func(a, b int) int { return sizes[a] * sizes[b] }
	for l := 1; l <= top; l++ {
		total += 2 * weights(l-1, l)
	}
	for l := 1; l < top; l++ {
		switch inverse := l+1 < top; {
		case rule == DirectFeedback:
			total += weights(l, top)
		case rule != DifferenceTargets || !inverse:
			total += weights(l, l+1)
		default: // the inverse map of both states, f and g of the noisy one, a gradient
			total += 5 * weights(l, l+1)
		}
	}
	return 2 * float64(total)
}

// BenchmarkStep measures steps by turns with the peak of the core. It reports the rate of
// the products as a share of all cores' peak, for back-propagation also of the usual count
// of 6 operations for each weight and example. Both are of the fastest turn, which others
// on the machine have disturbed least.
func BenchmarkStep(b *testing.B) {
	sizes := []int{784, 1000, 1000, 10}
	const batch, turns = 100, 300_000
	for _, rule := range Rules() {
		for _, threads := range []int{1, 2} {
			b.Run(fmt.Sprintf("rule=%v/threads=%d", rule, threads), func(b *testing.B) {
				e := modeltest.Engine(b, kernels.AVX512, threads)
				n, err := feedforward.New(feedforward.DefaultConfig(feedforward.Softmax, sizes...), 1, e)
				if err != nil {
					b.Fatal(err)
				}
				examples := feedforward.Labelled{Data: modeltest.Remainders{N: 10 * batch, Width: sizes[0]}, Labels: make([]uint8, 10*batch)}
				settings := DefaultTraining(rule)
				settings.InputNoise = 0
				trainer, err := NewTrainer(n, examples, settings, e)
				if err != nil {
					b.Fatal(err)
				}
				busy, peak := time.Hour, time.Hour
				peakFlops := 0
				for b.Loop() {
					start := time.Now()
					if _, err := trainer.Step(); err != nil {
						b.Fatal(err)
					}
					busy = min(busy, time.Since(start))
					start = time.Now()
					peakFlops = e.PeakFMA(turns)
					peak = min(peak, time.Since(start))
				}
				ofPeak := func(flops float64) float64 {
					return flops * batch / busy.Seconds() / (float64(peakFlops) / peak.Seconds()) / float64(threads)
				}
				b.ReportMetric(busy.Seconds()*1e3, "ms/step")
				b.ReportMetric(100*ofPeak(flops(rule, sizes)), "%peak")
				if rule == Backprop {
					b.ReportMetric(100*ofPeak(6*float64(n.Parameters())), "%peak-by-6")
				}
			})
		}
	}
}

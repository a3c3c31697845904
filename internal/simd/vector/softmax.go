package vector

import (
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// lanes add up a row: lane j has the columns j, j+16, ..., ascending.
type lanes [view.Line / 4]float32

// sum adds the lanes up as a balanced tree.
func (l *lanes) sum() float32 {
	for half := len(l) / 2; half > 0; half /= 2 {
		for j := range half {
			l[j] += l[j+half]
		}
	}
	return l[0]
}

// Softmax writes e^(x-m) / s for each x of a row, where m is the largest and s the sum of the
// numerators. dst may be src.
func Softmax(i isa.ISA, dst, src []float32) {
	var sum lanes
	exponentials(i, dst, src, largest(src), &sum)
	s := sum.sum()
	for j := range dst {
		dst[j] /= s
	}
}

// CrossEntropy computes p = softmax(z) for a row, writes d = scale*(p - t), and returns the
// loss, the sum of t*(log s - (z-m)). What lies where t is 0 does not count in the loss. The
// row of d is panels, each next elements after the one before.
func CrossEntropy(i isa.ISA, d []float32, next int, z, t []float32, scale float32) (loss float32) {
	var sum, losses lanes
	m := largest(z)
	for col := 0; col < len(z); col += len(sum) {
		n := min(len(sum), len(z)-col)
		exponentials(i, d[col/len(sum)*next:][:n], z[col:][:n], m, &sum)
	}
	s := sum.sum()
	log := f32.Log(s)
	for col := 0; col < len(z); col += len(sum) {
		n := min(len(sum), len(z)-col)
		ds := d[col/len(sum)*next:][:n]
		for j, e := range ds {
			target := t[col+j]
			ds[j] = float32(scale * (e/s - target))
			if target != 0 {
				losses[j] = f32.FMA(target, log-(z[col+j]-m), losses[j])
			}
		}
	}
	return losses.sum()
}

// exponentials writes e^(x-m) and adds them up.
func exponentials(i isa.ISA, dst, src []float32, m float32, sum *lanes) {
	for j, x := range src {
		dst[j] = x - m
	}
	Exp(i, dst, dst)
	for j, e := range dst {
		sum[j%len(sum)] += e
	}
}

// largest is the largest element. A NaN does not count.
func largest(x []float32) float32 {
	if len(x) == 0 {
		return 0
	}
	m := x[0]
	for _, v := range x {
		m = f32.Max(v, m)
	}
	return m
}

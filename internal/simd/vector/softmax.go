package vector

import (
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// lanes add up a row: lane j has the columns j, j+16, ..., ascending.
type lanes [view.Line / 4]float32

// block is the lanes as an operand that all rows share.
func (l *lanes) block() view.Block[float32] { return view.Block[float32]{Data: l[:]} }

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
// numerators. dst may be src. A row has an element at least.
func Softmax(i isa.ISA, dst, src []float32) {
	x, e := inPanels(src), inPanels(dst)
	_, s := exponentialsOf(i, len(src), x, e)
	for len(dst) > 0 {
		n := min(len(dst), isa.CallElements)
		if !quotients(i, n, &dst[0], &dst[0], s) {
			defineQuotients(dst[:n], s)
		}
		dst = dst[n:]
	}
}

// CrossEntropy computes p = softmax(z) for a row, writes d = scale*(p - t), and returns the
// loss, the sum of t*(log s - (z-m)). What lies where t is 0 does not count in the loss. The
// row of d is panels, each next elements after the one before. A row has an element at least.
func CrossEntropy(i isa.ISA, d []float32, next int, z, t []float32, scale float32) (loss float32) {
	zs, ts, e := inPanels(z), inPanels(t), view.Block[float32]{Data: d, Stride: next}
	m, s := exponentialsOf(i, len(z), zs, e)
	var losses lanes
	log, all := f32.Log(s), losses.block()
	for at := 0; at < len(z); {
		rows, n := part(len(z) - at)
		zs, ts, e := from(zs, at), from(ts, at), from(e, at)
		if !targets(i, rows, n, &zs, &ts, &e, &all, m, s, log, scale) {
			defineTargets(rows, n, zs, ts, e, all, m, s, log, scale)
		}
		at += rows * n
	}
	return losses.sum()
}

// exponentialsOf writes e^(x-m) for a row of n elements, where m is the largest. s is their sum.
func exponentialsOf(i isa.ISA, n int, x, e view.Block[float32]) (m, s float32) {
	m = largestOf(i, n, x)
	var sum lanes
	all := sum.block()
	for at := 0; at < n; {
		rows, n := part(n - at)
		x, e := from(x, at), from(e, at)
		if !exponentials(i, rows, n, &x, &e, &all, m) {
			defineExponentials(rows, n, x, e, all, m)
		}
		at += rows * n
	}
	return m, sum.sum()
}

// fewColumns is the most columns whose largest is not worth a call of assembly.
const fewColumns = 4 * len(lanes{})

// largestOf is the largest of a row of n elements. A NaN counts only where it is the first. Of
// zeros it may be either, which makes no difference to x - m where e^(x-m) is taken.
func largestOf(i isa.ISA, n int, x view.Block[float32]) float32 {
	m := x.Data[0]
	if n <= fewColumns {
		for _, v := range x.Data[1:n] {
			m = f32.Max(v, m)
		}
		return m
	}
	var most lanes
	for j := range most {
		most[j] = m
	}
	all := most.block()
	for at := 0; at < n; {
		rows, n := part(n - at)
		x := from(x, at)
		if !largest(i, rows, n, &x, &all) {
			defineLargest(rows, n, x, all)
		}
		at += rows * n
	}
	for _, v := range most {
		m = f32.Max(v, m)
	}
	return m
}

// inPanels is a row as rows of a panel's width, of which the last may be shorter.
func inPanels(x []float32) view.Block[float32] {
	return view.Block[float32]{Data: x, Stride: len(lanes{})}
}

// part is how much of a row of which so many elements are left goes into a call: whole
// panels, or what is less than one.
func part(left int) (rows, n int) {
	const panel = len(lanes{})
	if left < panel {
		return 1, left
	}
	return min(left, isa.CallElements) / panel, panel
}

// from is the panels from an element on.
func from(b view.Block[float32], at int) view.Block[float32] {
	return view.Block[float32]{Data: b.Data[at/len(lanes{})*b.Stride:], Stride: b.Stride}
}

// defineLargest defines the kernel Largest.
func defineLargest(rows, n int, x, lanes view.Block[float32]) {
	for i := range rows {
		most := row(lanes, i, n)
		for j, x := range row(x, i, n) {
			most[j] = f32.Max(x, most[j])
		}
	}
}

// defineExponentials defines the kernel Exponentials.
func defineExponentials(rows, n int, x, e, lanes view.Block[float32], most float32) {
	for i := range rows {
		es, sums := row(e, i, n), row(lanes, i, n)
		for j, x := range row(x, i, n) {
			es[j] = f32.Exp(x - most)
			sums[j] += es[j]
		}
	}
}

// defineQuotients defines the kernel Quotients, in place.
func defineQuotients(x []float32, divisor float32) {
	for j := range x {
		x[j] /= divisor
	}
}

// defineTargets defines the kernel Targets.
func defineTargets(rows, n int, z, t, e, lanes view.Block[float32], most, sum, log, scale float32) {
	for i := range rows {
		zs, es, losses := row(z, i, n), row(e, i, n), row(lanes, i, n)
		for j, t := range row(t, i, n) {
			if t != 0 {
				losses[j] = f32.FMA(t, log-(zs[j]-most), losses[j])
			}
			es[j] = float32((es[j]/sum - t) * scale)
		}
	}
}

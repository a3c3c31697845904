package kernels

import (
	"maps"
	"math"
)

// uses are valid calls of all methods that read or write elements.
func uses() map[string]use {
	all := map[string]use{}
	maps.Copy(all, usesOfSlices())
	maps.Copy(all, usesOfProducts())
	maps.Copy(all, usesOfMaps())
	maps.Copy(all, usesOfGradients())
	maps.Copy(all, usesOfNoise())
	maps.Copy(all, usesOfEngines())
	maps.Copy(all, usesOfTypes())
	return all
}

// ones are n ones.
func ones[T float32 | float64](n int) []T {
	x := make([]T, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// full is a matrix of ones with elements between its rows.
func full(rows, cols int) Matrix {
	return Matrix{Rows: rows, Cols: cols, Stride: cols + 3, Data: ones[float32]((rows-1)*(cols+3) + cols)}
}

func full64(rows, cols int) Matrix64 {
	return Matrix64{Rows: rows, Cols: cols, Stride: cols + 3, Data: ones[float64]((rows-1)*(cols+3) + cols)}
}

func fullPacked(rows, cols int) Packed {
	return Packed{Rows: rows, Cols: cols, Data: ones[float32]((cols + Panel - 1) / Panel * Panel * rows)}
}

func usesOfSlices() map[string]use {
	all := map[string]use{}
	for _, name := range []string{"Exp", "Log", "Softplus", "Sigmoid", "Tanh"} {
		all[name] = use{args: []any{ones[float32](70), ones[float32](70)}, names: []string{"results", "arguments"}, into: []int{0}, same: [][2]int{{0, 1}}}
		all[name+"64"] = use{args: []any{ones[float64](70), ones[float64](70)}, names: []string{"results", "arguments"}, into: []int{0}, same: [][2]int{{0, 1}}}
	}
	all["Apply"] = use{args: []any{Tanh, ones[float32](70), ones[float32](70)}, names: []string{"activation", "results", "arguments"}, into: []int{1}, same: [][2]int{{1, 2}}}
	for _, name := range []string{"Add", "Sub", "Mul"} {
		all[name] = use{args: []any{ones[float32](70), ones[float32](70), ones[float32](70)}, names: []string{"dst", "x", "y"}, into: []int{0}, same: [][2]int{{0, 1}, {0, 2}}}
		all[name+"64"] = use{args: []any{ones[float64](70), ones[float64](70), ones[float64](70)}, names: []string{"dst", "x", "y"}, into: []int{0}, same: [][2]int{{0, 1}, {0, 2}}}
	}
	all["Softmax"] = use{args: []any{full(5, 20), full(5, 20)}, names: []string{"the result of Softmax", "the argument of Softmax"}, into: []int{0}, same: [][2]int{{0, 1}}}
	all["CrossEntropy"] = use{args: []any{fullPacked(5, 20), ones[float32](5), full(5, 20), full(5, 20), float32(1)},
		names: []string{"the delta of CrossEntropy", "the loss of CrossEntropy", "the logits of CrossEntropy", "the targets of CrossEntropy"}, into: []int{0, 1}}
	return all
}

func usesOfProducts() map[string]use {
	all := map[string]use{}
	const m, n, k = 5, 20, 7
	gemm := []string{"", "", "", "the left factor of Gemm", "the right factor of Gemm", "", "the result of Gemm"}
	all["Gemm"] = use{args: []any{false, false, float32(1), full(m, k), full(k, n), float32(1), full(m, n)}, names: gemm, into: []int{6}}
	all["Gemm64"] = use{args: []any{false, false, 1., full64(m, k), full64(k, n), 1., full64(m, n)}, names: gemm, into: []int{6}}
	batch := []string{"", "", "", "left factor|left and", "right factor", "", "result"}
	all["GemmBatch"] = use{args: []any{true, true, float32(2), []Matrix{full(k, m), full(k, m)}, []Matrix{full(n, k), full(n, k)}, float32(1), []Matrix{full(m, n), full(m, n)}}, names: batch, into: []int{6}}
	all["GemmBatch64"] = use{args: []any{true, true, 2., []Matrix64{full64(k, m), full64(k, m)}, []Matrix64{full64(n, k), full64(n, k)}, 1., []Matrix64{full64(m, n), full64(m, n)}}, names: batch, into: []int{6}}
	const stepA, stepB, stepC = m * (k + 3), k * (n + 3), m * (n + 3)
	strided := []string{"products|left factors of GemmStrided", "", "", "", "left factor|Gemm of 5 x 8|want 6 x 20", "left factors of GemmStrided", "right factor|by 8 x 20|want 5 x 21", "right factors of GemmStrided", "", "result", "results of GemmStrided"}
	all["GemmStrided"] = use{args: []any{3, false, false, float32(1), tall(full(3*m, k), m), stepA, tall(full(3*k, n), k), stepB, float32(1), tall(full(3*m, n), m), stepC}, names: strided, into: []int{9},
		more: map[string]func(args []any){"the results of GemmStrided overlap": endless}}
	all["GemmStrided64"] = use{args: []any{3, false, false, 1., tall64(full64(3*m, k), m), stepA, tall64(full64(3*k, n), k), stepB, 1., tall64(full64(3*m, n), m), stepC}, names: strided, into: []int{9}}
	all["PackRight"] = use{args: []any{true, full(k, n)}, names: []string{"", "the matrix of PackRight"}}
	all["PackRight64"] = use{args: []any{true, full64(k, n)}, names: []string{"", "the matrix of PackRight"}}
	right := []string{"", "", "the left factor of GemmRight", "the right factor of GemmRight", "", "the result of GemmRight"}
	all["GemmRight"] = use{args: []any{false, float32(1), full(m, k), Right{}, float32(1), full(m, n)}, names: right, into: []int{5},
		also: map[int]func(e *Engine) any{3: func(e *Engine) any { return e.PackRight(false, full(k, n)) }}}
	all["GemmRight64"] = use{args: []any{false, 1., full64(m, k), Right64{}, 1., full64(m, n)}, names: right, into: []int{5},
		also: map[int]func(e *Engine) any{3: func(e *Engine) any { return e.PackRight64(false, full64(k, n)) }}}
	return all
}

// endless has as many products as can be counted, all of the same memory: factors lie beside the
// results in the rows of one matrix.
func endless(args []any) {
	whole := full(7, 40)
	args[0], args[4], args[6], args[9] = math.MaxInt, whole.Slice(0, 5).Columns(0, 7), whole.Columns(7, 20), whole.Slice(0, 5).Columns(20, 33)
	args[5], args[7], args[10] = 0, 0, 0
}

// tall are the first rows of a matrix, with the elements of all.
func tall(m Matrix, rows int) Matrix       { m.Rows = rows; return m }
func tall64(m Matrix64, rows int) Matrix64 { m.Rows = rows; return m }

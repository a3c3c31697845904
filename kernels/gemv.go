package kernels

// mostVectors is how many vectors gemv multiplies a matrix by, at most.
const mostVectors = 4

// gemvRows is how many rows gemv takes at a time, or 0 if the instruction set has no kernel for it.
func (i ISA) gemvRows() int {
	switch i {
	case AVX512:
		return 16
	case AVX2:
		return 8
	default:
		return 0
	}
}

// gemvColumns is the fewest columns.
const gemvColumns = 4

// gemvGeneric defines gemv, the products of rows of a with vectors:
//
//	y[v*next+i] += sum over p < k of a[i*stride+p]*x[p*step+v]
//
// as one chain of fused multiply-adds over p, ascending.
func gemvGeneric(vectors, rows, k int, a []float32, stride int, x []float32, step int, y []float32, next int) {
	for v := range vectors {
		for i := range rows {
			sum := y[v*next+i]
			for p, e := range a[i*stride:][:k] {
				sum = fma32(e, x[p*step+v], sum)
			}
			y[v*next+i] = sum
		}
	}
}

// isGemv tells whether few rows of A meet a B that is stored transposed. It is then read
// row by row, as it lies, and nothing is packed.
func (g *gemm) isGemv() bool {
	m, n, k := g.sizes()
	rows := g.isa.gemvRows()
	return g.transB && rows > 0 && m <= mostVectors && n >= rows && k >= gemvColumns
}

// runGemv is run for such a product.
func (g *gemm) runGemv(buffers *packBuffers) {
	m, n, k := g.sizes()
	if g.zero {
		scaleRows(g.c, 0)
	}
	x, step := g.vectors(buffers)
	each := g.isa.gemvRows()
	whole := n - n%each
	some := max(each, callElements/k/each*each)
	for j := 0; j < whole; j += some {
		g.gemv(min(some, whole-j), j, x, step, g.c.Data[j:], g.c.Stride)
	}
	if whole == n {
		return
	}
	// The last rows are computed together with those before them, beside C.
	last := grow(&buffers.b, m*each)
	for v := range m {
		copy(last[v*each:][:each], g.c.Row(v)[n-each:])
	}
	g.gemv(each, n-each, x, step, last, each)
	for v := range m {
		copy(g.c.Row(v)[whole:], last[v*each+each-(n-whole):][:n-whole])
	}
}

// gemv adds the products of some rows of B, from j on, to y.
func (g *gemm) gemv(rows, j int, x []float32, step int, y []float32, next int) {
	m, _, k := g.sizes()
	for k0 := 0; k0 < k; {
		high := min(callElements/g.isa.gemvRows(), k-k0)
		if left := k - k0 - high; left > 0 && left < gemvColumns {
			high -= gemvColumns
		}
		gemv(g.isa, m, rows, high, g.b.Data[j*g.b.Stride+k0:], g.b.Stride, x[k0*step:], step, y, next)
		k0 += high
	}
}

// vectors is alpha A, its columns one after the other: each row of B reads all of it, so
// that it should lie together.
func (g *gemm) vectors(buffers *packBuffers) (x []float32, step int) {
	m, _, k := g.sizes()
	next, step := g.a.Stride, 1 // from one row of A to the next, from one column
	if g.transA {
		next, step = step, next
	}
	if g.alpha == 1 && next == 1 && step <= mostVectors || g.alpha == 1 && m == 1 && step == 1 {
		return g.a.Data, step
	}
	x = grow(&buffers.a, m*k)
	for v := range m {
		for p := range k {
			x[p*m+v] = g.alpha * g.a.Data[v*next+p*step]
		}
	}
	return x, m
}

// hasFewColumns tells whether a product is computed as its transpose, a few rows, since tiles
// would leave most of their lanes empty. Several columns have to be turned, which short
// chains would not pay for. alpha must be 1: it belongs to A, which the transpose has last.
func (i ISA) hasFewColumns(transA bool, m, n, k int) bool {
	const rows, elements, chain = 64, 1 << 10, 48 // of A at least; multiply-adds for each of several columns
	if n > mostVectors || m < rows || m*k < elements || k < gemvColumns || n > 1 && k < n*chain {
		return false
	}
	return i.gemvRows() > 0 || transA && i != Generic
}

// transposedGemm computes the transpose of the product, of B's transpose by A's.
func (e *Engine) transposedGemm(transA, transB bool, a, b Matrix, beta float32, c Matrix) {
	m, n := c.Rows, c.Cols
	if n == 1 && c.Stride == 1 {
		e.blockedGemm(!transB, !transA, 1, b, a, beta, Matrix{Rows: 1, Cols: m, Stride: m, Data: c.Data})
		return
	}
	buffers := packPool.Get().(*packBuffers)
	t := Matrix{Rows: n, Cols: m, Stride: m, Data: grow(&buffers.a, m*n)}
	if beta != 0 {
		transposeGeneric(0, m, n, c.Data, c.Stride, t.Data, m)
	}
	e.blockedGemm(!transB, !transA, 1, b, a, beta, t)
	transposeGeneric(0, n, m, t.Data, m, c.Data, c.Stride)
	packPool.Put(buffers)
}

package kernels

// soonFrom is the rows of a block from which its panels do not stay in the first-level
// cache with the tiles of A that meet them: 256 x 32 floats are 32 KB.
const soonFrom = 256

// rows computes the rows lo to hi-1 of C with a strip of B. What changes from tile to
// tile is stored field by field: see tile.
func (g *gemm) rows(s *strip, lo, hi int, buffers *packBuffers) {
	high, last := blockM-blockM%g.isa.tileRows(2*Panel), s.blocks()-1
	var t tileArgs
	var next upcoming
	for i0 := lo; i0 < hi; i0 += high {
		t.rows = min(high, hi-i0)
		place := panels{g.c.Data[i0*g.c.Stride+s.n0:], Panel, g.c.Stride}
		between := place // where these rows are from one block of B to the next
		if last > 0 {
			between = panels{grow(&buffers.c, t.rows*oddLines(s.n)), Panel, oddLines(s.n)}
		}
		for q := range last + 1 {
			b := s.block(q)
			init, c := between, between
			if q == 0 {
				init = place
			}
			if q == last {
				c = place
			}
			zero := g.zero && b.k0 == 0
			if zero {
				init = zeroPanels()
			}
			t.k, t.init, t.c = b.k, init, c
			t.soon = !s.inPlace && b.k >= soonFrom
			t.a = g.operand(s, b, i0, t.rows, buffers)
			packing, packed := s.late && i0 == lo, 0
			g.expect(&next, s, q, b, i0, hi, t.rows, packing)
			for col := 0; col < s.n; col += t.columns {
				t.columns = t.a.tileColumns(g.isa, t.rows, s.n-col)
				for packing && packed*Panel < col+t.columns {
					g.packPanels(s, b, packed, min(packed+copiedParts, b.packed.Panels()))
					packed += copiedParts
				}
				t.b.data, t.b.next, t.b.row = g.panel(s, &b, col)
				t.c.data = c.data[col:]
				if !zero {
					t.init.data = init.data[col:]
				}
				t.ahead = nil
				if g.fetches && t.columns == g.isa.fetchingColumns() {
					t.ahead = g.ahead(&next, s, &b, col, t.columns)
				}
				tileExactly(g.isa, &t)
			}
		}
	}
}

// panel is the panels of a block from its column col on, as the fields of a panels.
func (g *gemm) panel(s *strip, b *bBlock, col int) (data []float32, next, row int) {
	switch {
	case !s.inPlace:
		return b.packed.Data[b.packed.Index(0, col):], b.k * Panel, Panel
	case s.cols > 0 && col >= s.n-s.cols:
		return b.packed.Data, b.k * Panel, Panel
	default:
		return g.source(s, b, col), Panel, g.b.Stride
	}
}

// source is B itself from a column of the block on.
func (g *gemm) source(s *strip, b *bBlock, col int) []float32 {
	return g.b.Data[b.k0*g.b.Stride+s.n0+col:]
}

// upcoming is what a pass of the panels of a block fetches: what is needed after each
// column of tiles, and after all of them.
type upcoming struct {
	list    [mostAhead]ahead
	height  int    // of the tiles
	share   int    // of a block's rows, for each tile
	packing bool   // of the panels is under way
	b       Packed // the block that is met next, if it has rows
	a       block  // the rows of A that are met next
	k, done int    // their length, and how much of it has been fetched
	each    int    // how much is fetched for each column of the block
}

// expect prepares for the pass of block q over the rows from i0 on.
func (g *gemm) expect(u *upcoming, s *strip, q int, b bBlock, i0, hi, rows int, packing bool) {
	u.height = evenly(rows, g.isa.tileRows(g.isa.fetchingColumns()))
	u.share = (b.k*u.height + rows - 1) / rows
	u.packing, u.b.Rows, u.k, u.done = packing, 0, 0, 0
	if q++; q == s.blocks() {
		q, i0 = 0, i0+rows
	}
	if i0 >= hi {
		return
	}
	if s.blocks() > 1 {
		b = s.block(q)
	}
	if !s.inPlace && (q == 0 || !packing) {
		u.b = b.packed
	}
	if !g.transA {
		u.a, u.k = g.partOfA(s, b, i0), b.k
		u.each = (u.k + s.n - 1) / s.n
	}
}

// ahead lists what is needed after the tiles of a column: the next panels of B, or
// what is packed into them next, and a part of the next rows of A.
func (g *gemm) ahead(u *upcoming, s *strip, b *bBlock, col, columns int) []ahead {
	n := 0
	switch next := col + columns; {
	case s.inPlace:
	case u.packing && next < s.n:
		if !g.transB && col+copiedColumns < s.n {
			u.list[0].set(g.source(s, b, col+copiedColumns), Panel, g.b.Stride, u.share)
			n++
		}
	case next < s.n:
		u.list[0].set(b.packed.Data[b.packed.Index(0, next):], b.k*Panel, Panel, u.share)
		n++
	case u.b.Rows > 0:
		u.list[0].set(u.b.Data, u.b.Rows*Panel, Panel, u.share)
		n++
	}
	for end := min(u.k, (col+columns)*u.each); u.done < end && n < mostAhead; u.done += columns {
		u.list[n].set(u.a.data[u.done:], Panel, u.a.stride, u.height)
		n++
	}
	return u.list[:n]
}

// partOfA is A from row i and the first column that meets the block on, or from there
// in the copy that was kept. Of a copy that is laid out it is the same number of floats.
func (g *gemm) partOfA(s *strip, b bBlock, i int) block {
	switch {
	case s.copied:
		return g.keptPart(s, b, i)
	case g.transA:
		return block{g.a.Data[b.k0*g.a.Stride+i:], g.a.Stride}
	default:
		return block{g.a.Data[i*g.a.Stride+b.k0:], g.a.Stride}
	}
}

// operand is the part of A that meets the block: rows from i0 on. It is read where it
// is unless a copy is faster: laid out for the tiles, or since the stride would crowd
// the rows of a tile into a few sets of the caches; or unless alpha must be multiplied
// in.
func (g *gemm) operand(s *strip, b bBlock, i0, rows int, buffers *packBuffers) operandA {
	layout := g.laysOut && g.isa.laysOut(rows, b.k, laidOutFor)
	src := g.partOfA(s, b, i0)
	switch {
	case !g.copiesA():
	case s.copied && layout:
		return g.isa.laidOut(rows, b.k, src.data)
	case s.copied:
	case layout:
		dst := g.copyTo(s, b, i0, g.isa.layoutLength(rows, b.k), buffers)
		a := g.isa.layOut(rows, b.k, src, dst)
		if g.alpha != 1 {
			scaleRows(Matrix{Rows: 1, Cols: len(dst), Data: dst, Stride: len(dst)}, g.alpha)
		}
		return a
	default:
		lines, length := rows, b.k
		if g.transA {
			lines, length = b.k, rows
		}
		dst := block{stride: g.copyStride(length)}
		dst.data = g.copyTo(s, b, i0, lines*dst.stride, buffers)
		copyBlock(g.isa, lines, length, src, dst)
		if g.alpha != 1 {
			scaleRows(Matrix{Rows: lines, Cols: length, Data: dst.data, Stride: dst.stride}, g.alpha)
		}
		src = dst
	}
	if g.transA {
		return operandA{data: src.data, row: 1, k: src.stride}
	}
	return operandA{data: src.data, row: src.stride, k: 1}
}

// copyTo is where n floats of a copy of A go.
func (g *gemm) copyTo(s *strip, b bBlock, i0, n int, buffers *packBuffers) []float32 {
	if b.kept != nil {
		return g.keptPart(s, b, i0).data[:n]
	}
	return grow(&buffers.a, n)
}

// copiesA tells whether A is read from a copy.
func (g *gemm) copiesA() bool { return g.laysOut || g.alpha != 1 || crowded(g.a.Stride) }

// keptPart is the copy of A that is kept, from row i on.
func (g *gemm) keptPart(s *strip, b bBlock, i int) block {
	stride := g.copyStride(b.k)
	return block{b.kept[g.keptRows(i-s.m0)*stride:], stride}
}

// copyStride is the distance of rows that are copied but not laid out. Few of them are,
// if others are.
func (g *gemm) copyStride(length int) int {
	if g.laysOut {
		return length
	}
	return oddLines(length)
}

// keptRows is the rows of the room for a copy of that many. One more in 14 is enough
// for tiles that are not full, at the end of each thread's rows: parts of at most 14
// rows that n are divided into evenly have n/14 rows to spare or fewer.
func (g *gemm) keptRows(n int) int {
	if g.laysOut {
		return n + n/g.isa.tileRows(2*Panel)
	}
	return n
}

// tileExactly computes tiles in their place or, where the kernel would touch more
// than their columns, beside it.
func tileExactly(isa ISA, t *tileArgs) {
	if t.columns%Panel == 0 || isa.tilesAnyWidth() {
		tile(isa, t)
		return
	}
	buffer := tileBuffers.Get().(*tileBuffer)
	part := *t
	part.columns, part.init, part.c = Panel, buffer.apart(), buffer.apart()
	for i := range t.rows { // blockM at most, for which there is room
		copy(buffer[i*Panel:][:t.columns], t.init.data[i*t.init.row:])
	}
	tile(isa, &part)
	for i := range t.rows {
		copy(t.c.data[i*t.c.row:][:t.columns], buffer[i*Panel:])
	}
	tileBuffers.Put(buffer)
}

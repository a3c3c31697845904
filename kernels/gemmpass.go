package kernels

// soonFrom is the rows of a block from which its panels do not stay in the first-level
// cache with the tiles of A that meet them: 256 x 32 floats are 32 KB.
const soonFrom = 256

// rows computes the rows lo to hi-1 of C with a strip of B. What changes from tile to
// tile is stored field by field: see tile.
func (g *gemm) rows(s *strip, lo, hi int, buffers *packBuffers) {
	most, last := g.isa.blockRows(), s.blocks()-1
	high := most - most%g.isa.tileRows(2*Panel)
	if g.height > 0 {
		high = most - most%g.height
	}
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
			t.soon = s.soon(b.k)
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
				if t.fetches(g.isa) {
					t.ahead = g.ahead(&next, s, &b, col, t.columns)
				}
				tileExactly(g.isa, &t)
			}
		}
	}
}

// soon is how many steps ahead rows of a block of k rows are fetched.
func (s *strip) soon(k int) int {
	switch {
	case k < soonFrom:
		return 0
	case s.inPlace:
		return soonStepsInPlace
	default:
		return soonSteps
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
	u.share = shareOf(b.k, u.height, rows)
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
		if next < s.n {
			u.list[0].set(g.source(s, b, next), Panel, g.b.Stride, u.share)
			n++
		}
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
// in the copy that was kept. Of one in columns it is the same number of floats.
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

// keptPart is the copy of A that is kept, from row i on. All threads find a row at the
// same place, however they divide the rows.
func (g *gemm) keptPart(s *strip, b bBlock, i int) block {
	stride := g.copyStride(b.k)
	return block{b.kept[(i-s.m0)*stride:], stride}
}

// together is how many rows one thread computes, for the tiles for which they are laid
// out.
func (g *gemm) together() int { return max(1, g.height) }

// copyStride is the distance of copied rows of that length, or their length if they
// are laid out.
func (g *gemm) copyStride(length int) int {
	if g.height > 0 {
		return length
	}
	return oddLines(length)
}

// copiesA tells whether A is read from a copy.
func (g *gemm) copiesA() bool { return g.height > 0 || g.alpha != 1 || crowded(g.a.Stride) }

// operand is the part of A that meets the block: rows from i0 on. It is read where it
// is unless a copy is faster, in columns, or since the stride would crowd the rows of a
// tile into a few sets of the caches; or unless alpha must be multiplied in.
func (g *gemm) operand(s *strip, b bBlock, i0, rows int, buffers *packBuffers) operandA {
	src := g.partOfA(s, b, i0)
	if g.copiesA() && !s.copied {
		lines, length := rows, b.k
		if g.transA {
			lines, length = b.k, rows
		}
		dst := block{stride: g.copyStride(length)}
		if b.kept != nil {
			dst.data = g.keptPart(s, b, i0).data
		} else {
			dst.data = grow(&buffers.a, roundUp(lines, g.together())*dst.stride)
		}
		g.copyRows(b, i0, lines, length, src, dst)
		src = dst
	}
	switch {
	case g.height > 0:
		return columnsOf(src.data, g.height, b.k)
	case g.transA:
		return operandA{data: src.data, row: 1, k: src.stride}
	default:
		return operandA{data: src.data, row: src.stride, k: 1}
	}
}

// copyRows copies the lines of A from i0 on, times alpha.
func (g *gemm) copyRows(b bBlock, i0, lines, length int, src, dst block) {
	if g.height > 0 {
		toColumns(g.isa, block{g.a.Data[b.k0:], g.a.Stride}, g.a.Rows, i0, lines, g.height, length, dst.data)
		lines = roundUp(lines, g.height) // the room of the last tile is scaled too
	} else {
		copyBlock(g.isa, lines, length, src, dst)
	}
	if g.alpha != 1 {
		scaleRows(Matrix{Rows: lines, Cols: length, Data: dst.data, Stride: dst.stride}, g.alpha)
	}
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
	for i := range t.rows { // a block at most, for which there is room
		copy(buffer[i*Panel:][:t.columns], t.init.data[i*t.init.row:])
	}
	tile(isa, &part)
	for i := range t.rows {
		copy(t.c.data[i*t.c.row:][:t.columns], buffer[i*Panel:])
	}
	tileBuffers.Put(buffer)
}

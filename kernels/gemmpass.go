package kernels

// soonFrom is the rows of a block from which its panels do not stay in the first-level
// cache with the tiles of A that meet them: 256 x 32 floats are 32 KB.
const soonFrom = 256

// rows computes the rows lo to hi-1 of C with a block of B; those before end will follow.
// What changes from tile to tile is stored field by field: see tile.
func (g *gemm) rows(b *blockB, lo, hi, end int, buffers *packBuffers) {
	high := g.passRows()
	zero := g.zero && b.k0 == 0
	t := tileArgs{k: b.k, soon: b.soon(), onward: g.onward()}
	var next upcoming
	for i0 := lo; i0 < hi; i0 += high {
		t.rows = min(high, hi-i0)
		c := panels{g.c.Data[i0*g.c.Stride+b.n0:], Panel, g.c.Stride}
		init := c
		if zero {
			init = zeroPanels()
		}
		t.init, t.c = init, c
		t.a = g.operand(b, i0, t.rows, buffers)
		packing, packed := b.late && i0 == lo, 0
		g.expect(&next, b, i0, t.rows, end, packing)
		for col := 0; col < b.n; col += t.columns {
			t.columns = t.a.tileColumns(g.isa, t.rows, b.n-col)
			if t.rows == 1 && t.columns == mostColumns {
				t.columns = alongRow(b.k, b.n-col)
			}
			for packing && packed*Panel < col+t.columns {
				g.packPanels(b, packed, min(packed+copiedParts, b.packed.Panels()))
				packed += copiedParts
			}
			t.b.data, t.b.next, t.b.row = g.panel(b, col)
			t.c.data = c.data[col:]
			if !zero {
				t.init.data = init.data[col:]
			}
			t.ahead = nil
			if t.fetches(g.isa) {
				t.ahead = g.ahead(&next, b, init, col, t.columns)
			}
			tileExactly(g.isa, &t)
		}
	}
}

// passRows is how many rows of A meet a block of B at a time, at most: whole tiles.
func (g *gemm) passRows() int {
	most, tile := g.isa.blockRows(), g.height
	if g.shortChains() {
		most = shortRows
	}
	if tile == 0 {
		columns := g.c.Cols
		if g.transA { // see operandA.tileColumns
			columns = min(columns, 2*Panel)
		}
		tile = g.isa.tileRows(g.isa.tileColumns(most, columns)) // of the first column
	}
	return most - most%tile
}

// shortChains tells whether reaching C takes longer than the multiplications, since the
// second-level cache is far from holding it; sooner if its rows are no whole lines apart, and
// each vector's place is two. If few rows meet B at a time, C is stored along its lines, which
// cores fetch by themselves; down the rows each is on another page, and tiles are over before
// they could fetch them.
func (g *gemm) shortChains() bool {
	m, n, k := g.sizes()
	switch sizeC := m * n; {
	case g.isa != AVX512:
		return false
	case k < shortChain && n >= 512 && sizeC >= max(k, 16)<<15:
		return true
	default:
		return k < 2*shortChain && n >= 768 && sizeC >= 3<<18 && g.c.Stride%Panel != 0
	}
}

// shortChain is the multiply-adds below which a chain may be short, shortRows how many rows
// of A meet B then, at most.
const (
	shortChain = 64
	shortRows  = 2 * 14
)

// soon is how many steps ahead rows of a block are fetched.
func (b *blockB) soon() int {
	switch {
	case b.k < soonFrom:
		return 0
	case b.inPlace:
		return soonStepsInPlace
	default:
		return soonSteps
	}
}

// onward is how many columns further on a low block is fetched for a single row. Higher
// ones would not stay in the first-level cache for as long.
func (g *gemm) onward() int {
	if g.blockHeight() == lowestBlock {
		return onwardColumns
	}
	return 0
}

const onwardColumns = 8 * Panel

// panel is the panels of a block from its column col on, as the fields of a panels.
func (g *gemm) panel(b *blockB, col int) (data []float32, next, row int) {
	switch {
	case !b.inPlace:
		return b.packed.Data[b.packed.Index(0, col):], b.k * Panel, Panel
	case b.packed.Cols > 0 && col >= b.n-b.packed.Cols:
		return b.packed.Data, b.k * Panel, Panel
	default:
		return g.source(b, col), Panel, g.b.Stride
	}
}

// source is B itself from a column of the block on.
func (g *gemm) source(b *blockB, col int) []float32 {
	return g.b.Data[b.k0*g.b.Stride+b.n0+col:]
}

// upcoming is what a pass of a block of B over some rows of A fetches: what is needed
// after each column of tiles, and after all of them.
type upcoming struct {
	list    [mostAhead]ahead
	height  int   // of the tiles
	tiles   int   // of a column
	share   int   // of the rows of B, for each tile
	packing bool  // of the panels is under way
	more    bool  // rows follow
	a       block // those of A that follow and are not fetched yet
	rows    int   // how many
	from    int   // the column from which they are fetched
}

// lateRows is how many rows of A each tile fetches. The panels of B that pass meanwhile
// would drive them out of the second-level cache again if fewer did, for longer.
const lateRows = 2

// expect prepares for the pass over the rows from i0 on.
func (g *gemm) expect(u *upcoming, b *blockB, i0, rows, end int, packing bool) {
	columns := g.isa.fetchingColumns()
	if columns == 0 {
		return // none of its kernels fetches
	}
	u.height = evenly(rows, g.isa.tileRows(columns))
	u.tiles = (rows + u.height - 1) / u.height
	u.share = shareOf(b.k, u.height, rows)
	u.packing, u.more, u.rows = packing, i0+rows < end, 0
	if u.more && !g.transA {
		u.a, u.rows = g.partOfA(b, i0+rows), min(rows, end-i0-rows)
		each := lateRows * u.tiles
		u.from = b.n - b.n%columns - (u.rows+each-1)/each*columns
	}
}

// ahead lists what is needed after the tiles of a column: the next panels of B, or what is
// packed into them next, what the next tiles begin with, and some of the next rows of A.
// Of B it is the ends of vectors. Where its rows are no whole lines apart they are on other
// lines than the beginnings, which the column before has fetched.
func (g *gemm) ahead(u *upcoming, b *blockB, init panels, col, columns int) []ahead {
	n := 0
	next := col + columns
	last := next >= b.n
	switch {
	case u.packing && !last:
		if !g.transB && col+copiedColumns < b.n {
			u.list[n].set(g.source(b, col+copiedColumns), Panel, g.b.Stride, u.share)
			n++
		}
	case !last:
		data, panel, row := g.panel(b, next)
		u.list[n].set(data[min(Panel, b.n-next)-1:], panel, row, u.share)
		n++
	case u.more:
		data, panel, row := g.panel(b, 0)
		u.list[n].set(data, panel, row, u.share)
		n++
	}
	if init.row > 0 && !last {
		u.list[n].set(init.data[next:], init.next, init.row, u.height)
		n++
	}
	for i := 0; i < lateRows && u.rows > 0 && col >= u.from; i++ {
		u.aheadRow(&u.list[n], b.k, columns)
		n++
	}
	return u.list[:n]
}

// aheadRow has each tile of a column fetch the whole of one row of A.
func (u *upcoming) aheadRow(a *ahead, k, columns int) {
	a.set(u.a.data, Panel, columns, (k+columns-1)/columns)
	a.step = u.a.stride
	fetched := min(u.tiles, u.rows)
	if u.rows -= fetched; u.rows > 0 {
		u.a.data = u.a.data[fetched*u.a.stride:]
	}
}

// partOfA is A from row i and the first column that meets the block on.
func (g *gemm) partOfA(b *blockB, i int) block {
	if g.transA {
		return block{g.a.Data[b.k0*g.a.Stride+i:], g.a.Stride}
	}
	return block{g.a.Data[i*g.a.Stride+b.k0:], g.a.Stride}
}

// copiesA tells whether A is read from a copy.
func (g *gemm) copiesA() bool {
	return g.height > 0 || g.alpha != 1 || crowded(g.a.Stride) || g.transA && g.bringsTogether()
}

// bringsTogether tells whether a transposed A is copied, since a tile would look for each step
// a long row further on: the sooner, the longer the rows, or the more tiles that read the copy.
func (g *gemm) bringsTogether() bool {
	n, stride, size := g.c.Cols, g.a.Stride, g.a.Rows*g.a.Stride
	switch {
	case stride <= 2*g.isa.blockRows() || size < 1<<15 || n < Panel:
		return false
	default:
		return n >= 8*Panel || stride >= 768 || size >= 1<<20
	}
}

// operand is the part of A that meets the block: rows from i0 on. It is read where it
// is unless a copy is faster, in columns, or since the stride would crowd the rows of a
// tile into a few sets of the caches; or unless alpha must be multiplied in.
func (g *gemm) operand(b *blockB, i0, rows int, buffers *packBuffers) operandA {
	src := g.partOfA(b, i0)
	if g.copiesA() {
		lines, length := rows, b.k
		if g.transA {
			lines, length = b.k, rows
		}
		stride := oddLines(length)
		if g.height > 0 {
			stride = length // of rows that are laid out
		}
		dst := block{grow(&buffers.a, roundUp(lines, max(1, g.height))*stride), stride}
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
func (g *gemm) copyRows(b *blockB, i0, lines, length int, src, dst block) {
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

package kernels

// The tile is what a product computes at a time. Its rows and panels are those
// that the registers of the instruction set hold.
const (
	maxTileRows   = 14
	maxTilePanels = 2
)

// tileShape is the most rows and panels of a tile.
func (i ISA) tileShape() (rows, panels int) {
	switch i {
	case AVX512:
		return 14, 2
	case AVX2, NEON:
		return 6, 1
	default:
		return maxTileRows, 1
	}
}

// tileBuffer holds a tile: panels of maxTileRows x 16.
type tileBuffer [maxTilePanels * maxTileRows * Panel]float32

// row is panel q from row i on.
func (t *tileBuffer) row(q, i int) []float32 { return t[(q*maxTileRows+i)*Panel:] }

// operandA is the left matrix of a tile: element (i, p) is data[i*row+p*k].
type operandA struct {
	data   []float32
	row, k int
}

// all is the whole buffer.
func (t *tileBuffer) all() panels { return panels{t[:], maxTileRows * Panel, Panel} }

// panels is one or two panels: element (i, j) of panel q is
// data[q*next+i*row+j].
type panels struct {
	data      []float32
	next, row int
}

// from is the panels of p from panel i and the given row on.
func (p Packed) from(i, row int) panels { return panels{p.panel(i, row), p.Rows * Panel, Panel} }

// repeated is the given row of panel i of p and of the next, for every row.
func (p Packed) repeated(i, row int) panels { return panels{p.panel(i, row), p.Rows * Panel, 0} }

// tileGeneric defines the tile: m rows of count panels of
//
//	c[i][j] = init[i][j] + sum over p < k of a[i][p]*b[p][j]
//
// as one chain of fused multiply-adds over p, ascending, from init, which may
// be c.
func tileGeneric(m, count, k int, a operandA, b, init, c panels) {
	for q := range count {
		for i := range m {
			acc := c.data[q*c.next+i*c.row:][:Panel]
			copy(acc, init.data[q*init.next+i*init.row:])
			for p := range k {
				x := a.data[i*a.row+p*a.k]
				for j, w := range b.data[q*b.next+p*b.row:][:Panel] {
					s := float64(x)*float64(w) + float64(acc[j])
					if fmaHard(s) { // see fma32, which does not inline
						acc[j] = fma32Slow(x, w, acc[j])
						continue
					}
					acc[j] = float32(s)
				}
			}
		}
	}
}

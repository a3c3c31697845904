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
	case AVX2:
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

// panels is a pair of panels: the second begins next floats after the first.
type panels struct {
	data []float32
	next int
}

// tileGeneric defines the tile: m rows of count panels of
//
//	c[i][j] = init[j] + sum over p < k of a[i][p]*b[p][j]
//
// as one chain of fused multiply-adds over p, ascending, from init. Row p of
// panel q of b is b.data[q*b.next+p*16:][:16], that of init is
// init.data[q*init.next:][:16], and row i of panel q of c is c.row(q, i).
func tileGeneric(m, count, k int, a operandA, b, init panels, c *tileBuffer) {
	for q := range count {
		for i := range m {
			acc := c.row(q, i)[:Panel]
			copy(acc, init.data[q*init.next:])
			for p := range k {
				x := a.data[i*a.row+p*a.k]
				for j, w := range b.data[q*b.next+p*Panel:][:Panel] {
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

package isa

// The shapes of the micro-kernels' tiles. A tile is as many bytes wide for either type of
// elements. panel is the elements in a cache line, 16 of float32 and 8 of float64: a panel
// has as many columns.

// MaxTileRows is the most rows of a tile.
const MaxTileRows = 16

// WidestPanels is the panels of the widest tiles.
const WidestPanels = 4

// TileColumns is the columns of the next tile of a matrix of so many rows, where so many
// columns are left. At the end tiles are narrow, which saves work. Tiles of 4 panels spare
// AVX-512 broadcasts. A single row takes them with AVX2 too: with fewer chains each would
// wait for its own last multiplication.
func (i ISA) TileColumns(panel, rows, left int) int {
	switch {
	case left >= WidestPanels*panel && (i == AVX512 || i == AVX2 && rows == 1):
		return WidestPanels * panel
	case i == AVX512 && left > 2*panel && left <= 2*panel+panel/2:
		return left
	case i == AVX512 && left > panel:
		return min(left, 2*panel)
	case i == AVX2 && left < panel:
		return min(left, panel/2)
	default:
		return min(left, panel)
	}
}

// TileRows is the most rows of a tile of so many columns. The registers of the
// instruction set hold such a tile.
func (i ISA) TileRows(panel, columns int) int {
	switch {
	case columns == WidestPanels*panel:
		return 6 // AVX-512's; AVX2 has single rows only
	case columns > 2*panel:
		return 9
	case i == AVX512 && columns > panel:
		return 14
	case i == AVX2 && columns <= panel/2:
		return 13
	case i == AVX2 || i == NEON:
		return 6
	default:
		return MaxTileRows
	}
}

// PrefetchPanels is how many panels wide the tiles are whose kernels fetch what comes
// after them. It is 0 if there are none.
func (i ISA) PrefetchPanels() int {
	switch i {
	case AVX512:
		return 2
	case AVX2:
		return 1
	default:
		return 0
	}
}

// TilesAnyWidth tells whether tiles touch only their columns. NEON's are always of whole
// panels.
func (i ISA) TilesAnyWidth() bool { return i != NEON }

// The most vectors of the kernel for a few vectors, and the fewest columns of its
// matrix.
const (
	GemvVectors = 4
	GemvColumns = 4
)

// PackPanels is how many panels the kernel that packs rows fills at a time.
const PackPanels = 4

// The rows that the kernel that transposes may read, and the fewest columns of its
// matrix.
const (
	TransposeRows    = 16
	TransposeColumns = 4
)

// SolvePanels is for how many panels of columns a triangle is solved at a time.
func (i ISA) SolvePanels() int {
	if i == AVX512 {
		return 2
	}
	return 1
}

// GemvRows is how many rows of a matrix the kernel for a few vectors takes at a time. It is
// 0 if the instruction set has no such kernel.
func (i ISA) GemvRows(panel int) int {
	switch i {
	case AVX512:
		return panel
	case AVX2:
		return panel / 2
	default:
		return 0
	}
}

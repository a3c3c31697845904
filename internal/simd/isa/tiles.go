package isa

// The shapes of the micro-kernels' tiles. A tile is as many bytes wide for either
// type of elements; panel is the elements in a cache line, 16 of float32 and 8 of
// float64, and counts its columns.

// MaxTileRows is the most rows of a tile.
const MaxTileRows = 16

// WidestPanels is the panels of the widest tiles.
const WidestPanels = 4

// TileColumns is the columns of the next tile of a matrix of that many rows, where
// so many columns are left. Narrow tiles at the end save work. Wide ones spare
// AVX-512 broadcasts, and a single row's chains would wait for themselves otherwise.
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

// TileRows is the most rows of a tile of that many columns: the registers of the
// instruction set hold it.
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

// PrefetchPanels is the panels of the tiles whose kernels fetch what comes after
// them, or 0 if none does.
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

// TilesAnyWidth tells whether tiles touch only their columns; otherwise they are
// always of whole panels.
func (i ISA) TilesAnyWidth() bool { return i != NEON }

// Of the kernel for a few vectors: the most vectors, and the columns of a matrix that it
// needs at least.
const (
	GemvVectors = 4
	GemvColumns = 4
)

// PackPanels is how many panels the kernel that packs rows fills at a time.
const PackPanels = 4

// Of the kernel that transposes: the rows that it may read, and the columns that it needs
// at least.
const (
	TransposeRows    = 16
	TransposeColumns = 4
)

// GemvRows is how many rows of a matrix the kernel for a few vectors takes at a
// time, or 0 if the instruction set has none.
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

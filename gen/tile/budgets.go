package tile

// The budgets. AVX-512 has 32 registers: 28 accumulators, 2 of B, 2 broadcasts of
// A; or, where half a panel is left at the end of a matrix, 27 accumulators, 3 of B,
// 2 broadcasts. Its narrow tiles multiply A from memory, since they have as many
// elements of A as multiplications, and run out of addresses first. AVX2 has 16
// registers: 12 accumulators, 2 of B, 2 broadcasts; or, where the last panel of a
// matrix is narrow, 13 accumulators, 1 of B, 1 broadcast and a mask. Tiles of 64
// columns need fewer broadcasts for as many multiplications, and more of B. A single row
// needs many columns, for its chains to wait less for their own last multiplication.
//
// Where a column of A is in one piece, an address is a register and a number. Only so
// do Intel's cores keep a multiplication from memory one operation: with an index they
// take it apart again. See products.
var (
	avx512Wide   = shape{name: "Tile14x32AVX512", rows: 14, lanes: []int{16, 16}, broadcasts: 2, fetchesB: true, rowwise: true}
	avx512Column = shape{name: "TileColumns14x32AVX512", rows: 14, lanes: []int{16, 16}, broadcasts: 2, fetchesB: true, prefetches: true, rowwise: true, adjacent: true}
	avx512Masked = shape{name: "TileMasked14x32AVX512", rows: 14, lanes: []int{16, 16}, broadcasts: 2, mask: registerMask, partial: true, fetchesB: true, rowwise: true}
	avx512Wider  = shape{name: "Tile9x40AVX512", rows: 9, lanes: []int{16, 16, 8}, broadcasts: 2, mask: registerMask}
	avx512Narrow = shape{name: "Tile16x16AVX512", rows: 16, lanes: []int{16}, mask: registerMask, rowwise: true}
	avx512Half   = shape{name: "Tile16x8AVX512", rows: 16, lanes: []int{8}, mask: registerMask}
	avx512Low    = shape{name: "Tile6x64AVX512", rows: 6, lanes: []int{16, 16, 16, 16}, broadcasts: 2, rowwise: true}
	avx512Row    = shape{name: "Tile1x64AVX512", rows: 1, lanes: []int{16, 16, 16, 16}, fetchesB: true}
	avx2         = shape{name: "Tile6x16AVX2", rows: 6, lanes: []int{8, 8}, broadcasts: 2, fetchesB: true, prefetches: true, pairs: true}
	avx2Column   = shape{name: "TileColumns6x16AVX2", rows: 6, lanes: []int{8, 8}, broadcasts: 2, fetchesB: true, prefetches: true, pairs: true, adjacent: true}
	avx2Half     = shape{name: "Tile13x8AVX2", rows: 13, lanes: []int{8}, broadcasts: 1, mask: vectorMask}
	avx2Row      = shape{name: "Tile1x64AVX2", rows: 1, lanes: []int{8, 8, 8, 8, 8, 8, 8, 8}, fetchesB: true}
)

package tile

// avx512 are the budgets of AVX-512, in bytes of a row, which hold for both types. There
// are 32 registers: 28 accumulators, 2 of B, 2 broadcasts of A; or, where half a panel is
// left at the end of a matrix, 27 accumulators, 3 of B, 2 broadcasts. Narrow tiles multiply
// A from memory, since they have as many elements of A as multiplications, and run out of
// addresses first. Tiles of 4 panels need fewer broadcasts for as many multiplications, and
// more of B. A single row needs many columns, for its chains to wait less for their own last
// multiplication.
//
// Where a column of A is in one piece, an address is a register and a number. Only so do
// Intel's cores keep a multiplication from memory one operation: with an index they take it
// apart again. See products.
func avx512(of element) []shape {
	const isa = "AVX512"
	two := []int{64, 64}
	return []shape{
		{of: of, isa: isa, kind: "Tile", rows: 14, vectors: two, broadcasts: 2, fetchesB: true, rowwise: true},
		{of: of, isa: isa, kind: "TileColumns", rows: 14, vectors: two, broadcasts: 2, fetchesB: true, prefetches: true, rowwise: true, adjacent: true},
		{of: of, isa: isa, kind: "TileMasked", rows: 14, vectors: two, broadcasts: 2, mask: registerMask, partial: true, fetchesB: true, rowwise: true},
		{of: of, isa: isa, kind: "Tile", rows: 9, vectors: []int{64, 64, 32}, broadcasts: 2, mask: registerMask},
		{of: of, isa: isa, kind: "Tile", rows: 16, vectors: []int{64}, mask: registerMask, rowwise: true},
		{of: of, isa: isa, kind: "Tile", rows: 16, vectors: []int{32}, mask: registerMask},
		{of: of, isa: isa, kind: "Tile", rows: 6, vectors: []int{64, 64, 64, 64}, broadcasts: 2, rowwise: true},
		{of: of, isa: isa, kind: "Tile", rows: 1, vectors: []int{64, 64, 64, 64}, fetchesB: true},
	}
}

// avx2 are those of AVX2. There are 16 registers: 12 accumulators, 2 of B, 2 broadcasts; or,
// where the last panel of a matrix is narrow, 13 accumulators, 1 of B, 1 broadcast and a
// mask.
func avx2(of element) []shape {
	const isa = "AVX2"
	two := []int{32, 32}
	return []shape{
		{of: of, isa: isa, kind: "Tile", rows: 6, vectors: two, broadcasts: 2, fetchesB: true, prefetches: true, pairs: true},
		{of: of, isa: isa, kind: "TileColumns", rows: 6, vectors: two, broadcasts: 2, fetchesB: true, prefetches: true, pairs: true, adjacent: true},
		{of: of, isa: isa, kind: "Tile", rows: 13, vectors: []int{32}, broadcasts: 1, mask: vectorMask},
		{of: of, isa: isa, kind: "Tile", rows: 1, vectors: []int{32, 32, 32, 32, 32, 32, 32, 32}, fetchesB: true},
	}
}

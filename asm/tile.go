package asm

// Tile is the argument of the micro-kernels: M rows and N columns of
//
//	C[i][j] = Init[i][j] + sum over p < K of A[i][p]*B[p][j]
//
// as one chain of fused multiply-adds over p, ascending, from Init. Strides and
// distances are in bytes: A[i][p] is at A + i*RS + p*KS; row p of B at B + p*BS,
// of C at C + i*CS, of Init at Init + i*IS; each further panel of 16 columns lies
// B1, C1 and I1 further on. Only the columns of the tile are touched. Init may be C;
// otherwise C overlaps nothing.
//
// The kernels for several rows compute one tile after the other, as many as Tiles says,
// and then one of Last rows, if any: the next one's A, Init and C lie ANext, INext and
// CNext further on. The kernels leave A, Init and C at the last tile's. Tiles is more
// than 1 only where M is more than half of the kernel's most rows, which holds for rows
// divided evenly into as few tiles as can be.
//
// A kernel for 1 row computes Tiles of 64 columns, one after the other, and leaves B, Init
// and C at the last one's.
type Tile struct {
	M, N, K int
	A       *float32
	RS, KS  uintptr
	B       *float32
	B1, BS  uintptr
	Init    *float32
	I1, IS  uintptr
	C       *float32
	C1, CS  uintptr

	Tiles, Last         int
	ANext, INext, CNext uintptr

	Ahead *Ahead // the first one, or nil
	Each  int    // steps, at least 1, for each row of C and of Ahead that is fetched; an even number if steps are taken in pairs

	// Soon is a multiple of BS, to fetch the rows of B that far ahead too, from the
	// second-level cache to the first, or 0. The kernels for 6 x 16 and 14 x 32 do. Those for
	// 1 row fetch 64 columns in one piece, any number of bytes further on.
	Soon uintptr
}

// Ahead is what will be needed after a tile: rows as wide as it, S bytes apart; a
// second panel lies D1 further on. TileColumns14x32AVX512 and the kernels for 6 x 16 fetch
// it into the caches while they compute tall tiles, as far as the steps suffice, and then
// add Next to At, the distance behind D where the rows begin. Nothing is read: the rows
// may lie behind the end of a matrix.
type Ahead struct {
	D        *float32
	D1, S    uintptr
	Rows     int
	At, Next uintptr
	Then     *Ahead // what is fetched after it, or nil
}

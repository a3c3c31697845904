package asm

import "unsafe"

// Tile is the argument of the micro-kernels: M rows and N columns of
//
//	C[i][j] = Init[i][j] + sum over p < K of A[i][p]*B[p][j]
//
// as one chain of fused multiply-adds over p, ascending, from Init. The pointers are to
// elements of the kernel's type. Strides and distances are in bytes: A[i][p] is at
// A + i*RS + p*KS; row p of B at B + p*BS, of C at C + i*CS, of Init at Init + i*IS; each
// further panel, of the columns in a cache line, lies B1, C1 and I1 further on. Only the
// columns of the tile are touched. Init may be C; otherwise C overlaps nothing.
//
// The kernels for several rows compute one tile after the other, as many as Tiles says,
// and then one of Last rows, if any: the next one's A, Init and C lie ANext, INext and
// CNext further on. The kernels leave A, Init and C at the last tile's. Tiles is more
// than 1 only where M is more than half of the kernel's most rows, which holds for rows
// divided evenly into as few tiles as can be.
//
// A kernel for 1 row computes Tiles of 4 panels, one after the other, and leaves B, Init
// and C at the last one's.
type Tile struct {
	M, N, K int
	A       unsafe.Pointer
	RS, KS  uintptr
	B       unsafe.Pointer
	B1, BS  uintptr
	Init    unsafe.Pointer
	I1, IS  uintptr
	C       unsafe.Pointer
	C1, CS  uintptr

	Tiles, Last         int
	ANext, INext, CNext uintptr

	Prefetch *Prefetch // what is fetched after the next tile's places in C: the first one, or nil
	Each     int       // steps, at least 1, for each row of C and of Prefetch that is fetched; an even number if steps are taken in pairs

	// BAhead is how many bytes ahead rows of B are fetched, a multiple of BS, from the
	// second-level cache to the first; or 0. The kernels for 6 x 16 and 14 x 32 do. Those for
	// 1 row fetch 4 panels in one piece, any number of bytes further on.
	BAhead uintptr
}

// Prefetch is what will be needed after a tile: rows as wide as it, S bytes apart; a
// second panel lies D1 further on. TileColumns14x32AVX512 and the kernels for 6 x 16 fetch
// it into the caches while they compute tall tiles, as far as the steps suffice, and then
// add Next to At, the distance behind D where the rows begin. Nothing is read: the rows
// may lie behind the end of a matrix.
type Prefetch struct {
	D        unsafe.Pointer
	D1, S    uintptr
	Rows     int
	At, Next uintptr
	Then     *Prefetch // what is fetched after it, or nil
}

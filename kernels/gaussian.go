package kernels

// Noise names a sequence of random numbers. A number depends on the noise, the
// row and the column of the element it is for, and on nothing else: it is made
// by the counter-based generator Philox4x32-10 from the counter (column, row,
// Step, Stream) and the key Seed.
type Noise struct {
	Seed   uint64
	Stream uint16 // one for each use within a step
	Step   uint32
}

// roundKeys are the two key words of each round of Philox4x32-10.
type roundKeys [20]uint32

func (n Noise) roundKeys() (keys roundKeys) {
	k0, k1 := uint32(n.Seed), uint32(n.Seed>>32)
	for i := 0; i < len(keys); i += 2 {
		keys[i], keys[i+1] = k0, k1
		k0 += philoxW0
		k1 += philoxW1
	}
	return keys
}

// gaussianBlock is the number of elements for which one vector of counters
// suffices: 16 counters of four words.
const gaussianBlock = 64

// AddGaussian writes dst = src + std*z with independent standard normal z (Box
// and Muller's method on 31-bit uniform numbers; it reaches 6.55 standard
// deviations). Row i draws the numbers of row firstRow+i of n. dst may be src.
func (e *Engine) AddGaussian(dst, src Matrix, std float32, n Noise, firstRow int) {
	src.checkData("the source of AddGaussian")
	dst.check("the result of AddGaussian", src.Rows, src.Cols)
	if e.pool == nil || src.Rows*src.Cols < parallelLength {
		addGaussianRows(e.isa, dst, src, std, n, firstRow, 0, src.Rows)
		return
	}
	e.Split(src.Rows, func(lo, hi int) { addGaussianRows(e.isa, dst, src, std, n, firstRow, lo, hi) })
}

func addGaussianRows(isa ISA, dst, src Matrix, std float32, n Noise, firstRow, lo, hi int) {
	keys := n.roundKeys()
	blocks := src.Cols / gaussianBlock
	rest := src.Cols % gaussianBlock
	var buffer [gaussianBlock]float32
	for i := lo; i < hi; i++ {
		at := drawAt{row: uint32(firstRow + i), step: n.Step, stream: uint32(n.Stream)}
		from, to := src.Row(i), dst.Row(i)
		gaussian(isa, blocks, to, from, std, at, 0, &keys)
		if rest > 0 {
			copy(buffer[:rest], from[blocks*gaussianBlock:])
			gaussian(isa, 1, buffer[:], buffer[:], std, at, uint32(blocks), &keys)
			copy(to[blocks*gaussianBlock:], buffer[:rest])
		}
	}
}

// drawAt is the words of the counter that do not change along a row.
type drawAt struct{ row, step, stream uint32 }

// gaussianGeneric defines Gaussian noise for whole blocks, the first of which
// is number first of its row.
func gaussianGeneric(blocks int, dst, src []float32, std float32, at drawAt, first uint32, keys *roundKeys) {
	key := [2]uint32{keys[0], keys[1]}
	for b := range blocks {
		for lane := range 16 {
			words := philox4x32([4]uint32{(first+uint32(b))*16 + uint32(lane), at.row, at.step, at.stream}, key)
			i := b*gaussianBlock + lane
			z0, z1 := boxMuller32(words[0], words[1])
			z2, z3 := boxMuller32(words[2], words[3])
			for w, z := range [...]float32{z0, z1, z2, z3} {
				dst[i+16*w] = float32(std*z) + src[i+16*w]
			}
		}
	}
}

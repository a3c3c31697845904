// Package noise draws random numbers for the elements of matrices. A number depends on
// the noise, the row and the column of its element alone: every instruction set and
// number of threads draws the same.
package noise

// Noise names a sequence of random numbers. They are made by Philox4x32-10 from the
// counter (column, row, Step, Stream) and the key Seed.
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

// place is the words of the counter that do not change along a row.
type place struct{ row, step, stream uint32 }

// words are random words for an element or several.
func (p place) words(counter uint32, keys *roundKeys) [4]uint32 {
	return Philox([4]uint32{counter, p.row, p.step, p.stream}, [2]uint32{keys[0], keys[1]})
}

package main

import "math/big"

// philox is Philox4x32-10 as in Salmon, Moraes, Dror and Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011, figure 2.
func philox(counter [4]uint32, key [2]uint32) [4]uint32 {
	const multiplier0, multiplier1 = 0xd2511f53, 0xcd9e8d57
	for round := range uint32(10) {
		k0, k1 := key[0]+round*0x9e3779b9, key[1]+round*0xbb67ae85
		left, right := uint64(counter[0])*multiplier0, uint64(counter[2])*multiplier1
		counter = [4]uint32{
			uint32(right>>32) ^ counter[1] ^ k0, uint32(right),
			uint32(left>>32) ^ counter[3] ^ k1, uint32(left),
		}
	}
	return counter
}

// philoxVectors are the known answers that come with the authors' Random123
// (kat_vectors, philox4x32 10): counter, key, result.
var philoxVectors = [][10]uint32{
	{0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
	{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
	{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
}

func philoxFile() file {
	f := newFile("Philox", "Exact. Rows are counter, key, result: the vectors of Random123, then others.")
	vectors := philoxVectors
	rng := newRandom(10)
	for range 20 {
		var v [10]uint32
		for i := range 6 {
			v[i] = uint32(rng.source.Uint64())
		}
		words := philox([4]uint32(v[:4]), [2]uint32(v[4:]))
		copy(v[6:], words[:])
		vectors = append(vectors, v)
	}
	for _, v := range vectors {
		f.words("vectors", v[:])
	}
	return f
}

// place is where noise is drawn for a matrix.
type place struct {
	seed                   uint64
	stream, step, firstRow uint32
}

func (p place) words(column, row, block uint32) [4]uint32 {
	return philox([4]uint32{column, p.firstRow + row, p.step, p.stream | block<<16}, [2]uint32{uint32(p.seed), uint32(p.seed >> 32)})
}

func (p place) write(f file) {
	f.words("noise", []uint32{uint32(p.seed), uint32(p.seed >> 32), p.stream, p.step, p.firstRow})
}

// Documented errors of the transform: the radius in ulp, and the numbers divided
// by the radius.
const radiusUlps, directionError = 2.4, 1.7e-7

// boxMuller is two standard normal numbers.
func boxMuller(a, b uint32) (z0, z1 number) {
	u := scale(value(float64(float32(a>>1|1))), -31)
	radius := exact(0)
	if u.Cmp(one) < 0 {
		radius = number{mul(value(-2), ln(u)), zero()}
		radius = number{sqrt(radius.v), mul(value(radiusUlps), ulp(sqrt(radius.v)))}
	}
	cos, sin := cosSin(b>>30, scale(value(float64(int32(b<<2))), -32))
	direction := func(x *big.Float) number { return number{x, value(directionError)} }
	return radius.mul(direction(cos)), radius.mul(direction(sin))
}

func gaussianFile() file {
	const rows, columns, std = 2, 75, float32(0.3) // a whole block of 64 and a part of the next
	f := newFile("Gaussian", "The documented errors of the radius (2.4 ulp) and the direction (1.7e-7), then one rounding (u = 2^-24) for each operation of src + std*z.")
	p := place{seed: 0x0123456789abcdef, stream: 5, step: 77, firstRow: 11}
	p.write(f)
	src := newRandom(11).matrix(rows, columns, 1)
	f.floats("src", src...)
	f.floats("settings", []float32{std})
	for i := range rows {
		for j := range columns {
			lane, word := uint32(j%16), j%64/16
			words := p.words(uint32(j/64*16)+lane, uint32(i), 0)
			z0, z1 := boxMuller(words[word/2*2], words[word/2*2+1])
			if word%2 == 1 {
				z0 = z1
			}
			f.result("gaussian", exact(std).mul(z0).add(exact(src[i][j])))
		}
	}
	return f
}

func bernoulliFile() file {
	const rows, columns = 2, 37
	f := newFile("BernoulliMean", "Half a unit of the last place: only the division rounds. Outputs are named by the number of draws.")
	p := place{seed: 0xfedcba9876543210, stream: 6, step: 78, firstRow: 3}
	p.write(f)
	rng := newRandom(12)
	probabilities := rng.matrix(rows, columns, 1)
	for _, row := range probabilities {
		for j, x := range row {
			row[j] = max(x, -x)
		}
	}
	f.floats("p", probabilities...)
	for _, c := range []struct {
		name  string
		draws uint32
	}{{"3", 3}, {"10", 10}} {
		for i := range rows {
			for j, probability := range probabilities[i] {
				sum := 0
				for draw := range c.draws {
					word := p.words(uint32(j), uint32(i), draw/4)[draw%4]
					if float64(probability) > float64(word>>8)*0x1p-24 {
						sum++
					}
				}
				f.result(c.name, exact(float32(sum)).half(float32(c.draws)))
			}
		}
	}
	return f
}

// half is a/n, correctly rounded.
func (a number) half(n float32) number {
	v := div(a.v, value(float64(n)))
	if v.Sign() == 0 {
		return number{v, zero()}
	}
	return number{v, scale(ulp(v), -1)}
}

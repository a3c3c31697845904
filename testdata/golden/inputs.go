package main

import "math/rand/v2"

// random makes inputs. It uses the generator's bits alone, which are the same in
// every version of Go.
type random struct{ source *rand.PCG }

func newRandom(seed uint64) random { return random{rand.NewPCG(seed, 0)} }

// between is a random number in [-limit, limit) with 24 random bits.
func (r random) between(limit float32) float32 {
	return limit * float32(float32(int32(r.source.Uint64()>>40)-1<<23)*0x1p-23)
}

func (r random) row(n int, limit float32) []float32 {
	row := make([]float32, n)
	for i := range row {
		row[i] = r.between(limit)
	}
	return row
}

func (r random) matrix(rows, cols int, limit float32) [][]float32 {
	m := make([][]float32, rows)
	for i := range m {
		m[i] = r.row(cols, limit)
	}
	return m
}

func exactRow(row []float32) []number {
	numbers := make([]number, len(row))
	for i, x := range row {
		numbers[i] = exact(x)
	}
	return numbers
}

func column(m [][]float32, j int) []float32 {
	c := make([]float32, len(m))
	for i := range m {
		c[i] = m[i][j]
	}
	return c
}

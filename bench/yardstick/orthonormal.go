//go:build peers

package yardstick

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// orthonormal fills w, in x out, with a random matrix all of whose singular values are 1.
func orthonormal(w []float32, in, out int, seed uint64) {
	tall, thin := max(in, out), min(in, out)
	rng := rand.New(rand.NewPCG(seed, 0))
	gaussian := mat.NewDense(tall, thin, nil)
	for i := range tall {
		for j := range thin {
			gaussian.Set(i, j, rng.NormFloat64())
		}
	}
	var qr mat.QR
	qr.Factorize(gaussian)
	var q mat.Dense
	qr.QTo(&q)
	for i := range in {
		for j := range out {
			if in >= out {
				w[i*out+j] = float32(q.At(i, j))
			} else {
				w[i*out+j] = float32(q.At(j, i))
			}
		}
	}
}

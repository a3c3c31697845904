package products

import (
	"math"
	"time"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/trial"
	"github.com/targetprop/targetprop/bench/peers"
)

// matrices are those of a product.
type matrices struct{ a, b, c []float32 }

func newMatrices(p cases.Shape) matrices {
	return matrices{operands.Aligned(p.M*p.K, operands.Unit), operands.Aligned(p.K*p.N, operands.Unit), operands.Aligned(p.M*p.N, operands.Unit)}
}

// peerProduct is one of a peer's products.
type peerProduct func(peers.Peer) peers.Product

// The peers' products: of matrices that lie as they are multiplied, and of one whose
// transpose is given.
func sgemm(p peers.Peer) peers.Product   { return p.Sgemm }
func sgemmTN(p peers.Peer) peers.Product { return p.SgemmTN }

// sgemmNT is the product by a matrix whose transpose is given, of peers that have a BLAS.
func sgemmNT(p peers.Peer) peers.Product {
	if len(p.BLAS) == 0 {
		return peers.Product{}
	}
	var families []trial.Candidate
	for _, b := range p.BLAS {
		families = append(families, trial.Candidate{Name: b.Kernel, Gemm: func(m, n, k int, x, w, y []float32) {
			b.Sgemm(blas.NoTrans, blas.Trans, m, n, k, 1, x, k, w, k, 0, y, n)
		}})
	}
	t := trial.NewTuner(families...)
	return peers.Product{Once: t.Sgemm, Kernel: t.Kernel}
}

// theirProducts are the peers' bare products, counted as the job says.
func theirProducts(s *cases.Setting, of peerProduct, j cases.Job, p cases.Shape, o matrices, threads int) []cases.Entry {
	var entries []cases.Entry
	for _, peer := range s.Peers {
		product := of(peer)
		if product.Once == nil || !peer.Multiplies(p.M, p.N, p.K, threads) {
			continue
		}
		e := s.TheirEntry(j, peer, func() { product.Once(p.M, p.N, p.K, o.a, o.b, o.c) })
		if product.Loop != nil {
			e.Run = func(times int) { product.Loop(times, p.M, p.N, p.K, o.a, o.b, o.c) }
		}
		e.Guess = guessProduct(product, p)
		if product.Kernel != nil {
			e.Kernel = func() string { return product.Kernel(p.M, p.N, p.K) }
		}
		if threads > 1 {
			cases.OnItsOwnThread(&e)
		}
		entries = append(entries, e)
	}
	return entries
}

// guessProduct foretells the time of a large product from that of a small one.
func guessProduct(product peers.Product, p cases.Shape) func() time.Duration {
	const small = 256
	if p.Flops() < 32*math.Pow(small, 3) {
		return nil
	}
	return func() time.Duration {
		cube := cases.Cube(small)
		o := newMatrices(cube)
		product.Once(small, small, small, o.a, o.b, o.c) // it may try several kernels
		t := cases.Fastest(func() { product.Once(small, small, small, o.a, o.b, o.c) })
		return time.Duration(float64(t) * p.Flops() / cube.Flops())
	}
}

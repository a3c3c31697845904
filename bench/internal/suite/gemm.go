package suite

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// cubes are the sizes of the products; parallelCubes those that are also worth several
// threads. Others are rows that are no whole cache lines, few columns, few rows, a single
// column, short chains.
var (
	cubes         = []int{8, 16, 32, 64, 256, 512, 1024, 2048, 4096}
	parallelCubes = []int{1024, 2048}
	others        = []shape{{500, 500, 500}, {1000, 784, 28}, {1, 4096, 4096}, {16, 4096, 4096}, {4096, 4096, 1}, {512, 512, 1}, {1000, 16, 1000}}
)

func (s *Suite) gemm() Section {
	section := Section{Section: table.Section{
		Title: "Sgemm",
		About: "C = A B on row-major float32 matrices, the packing that it needs included; m × k × n is rows of A × its columns × columns of B. " +
			aboutTilesInL1,
		Unit:    table.GFLOPs,
		Compare: s.compareProducts("÷ best peer"),
	}}
	for _, n := range cubes {
		section.Cases = append(section.Cases, s.gemmCase(shape{n, n, n}, 1))
	}
	for _, p := range others {
		section.Cases = append(section.Cases, s.gemmCase(p, 1))
	}
	for _, threads := range s.Threads {
		for _, n := range parallelCubes {
			if threads > 1 {
				section.Cases = append(section.Cases, s.gemmCase(shape{n, n, n}, threads))
			}
		}
	}
	return section
}

func (s *Suite) gemmCase(p shape, threads int) Case {
	row := table.Row{
		Name:    fmt.Sprintf("Sgemm/%s/threads=%d", p.keys(), threads),
		Label:   p.String(),
		Threads: threads,
		Flops:   p.flops(),
		Bytes:   floatBytes(p.m*p.k, p.k*p.n, p.m*p.n),
	}
	if threads > 1 {
		row.Label += fmt.Sprintf(", %d threads", threads)
	}
	return Case{Rows: []table.Row{row}, Threads: threads, Entries: func() []Entry {
		engines := s.Engines
		if threads > 1 {
			var err error
			if engines, err = newEngines(threads); err != nil {
				panic(err) // they were made before, on one thread
			}
		}
		o := newOperands(p)
		var entries []Entry
		for _, e := range engines {
			a, b, c := dense(p.m, p.k, o.a), dense(p.k, p.n, o.b), dense(p.m, p.n, o.c)
			entry := Entry{Cells: one(s.ours(p.job(), e))}
			entry.Run = each(func() { e.Gemm(false, false, 1, a, b, 0, c) })
			entry.Guess = guessPlainGo(e.Engine, p.flops())
			if threads > 1 {
				entry.Close = e.Close
			}
			entries = append(entries, entry)
		}
		entries = append(entries, s.theirProducts(sgemm, p.job(), p, o, threads)...)
		return append(entries, s.productLimits(threads, p, kernels.Identity)...)
	}}
}

// operands are those of a product.
type operands struct{ a, b, c []float32 }

func newOperands(p shape) operands {
	return operands{aligned(p.m*p.k, unit), aligned(p.k*p.n, unit), aligned(p.m*p.n, unit)}
}

// peerProduct is one of a peer's products.
type peerProduct func(peers.Peer) peers.Product

// The peers' products: of matrices that lie as they are multiplied, and of one whose
// transpose is given.
func sgemm(p peers.Peer) peers.Product   { return p.Sgemm }
func sgemmTN(p peers.Peer) peers.Product { return p.SgemmTN }

// theirProducts are the peers' bare products, counted as the job says.
func (s *Suite) theirProducts(of peerProduct, j job, p shape, o operands, threads int) []Entry {
	var entries []Entry
	for _, peer := range s.Peers {
		product := of(peer)
		if product.Once == nil || peer.MaxThreads > 0 && peer.MaxThreads < threads {
			continue
		}
		e := Entry{Cells: one(s.theirs(j, peer.Name, implName(peer.Name)))}
		e.Run = each(func() { product.Once(p.m, p.n, p.k, o.a, o.b, o.c) })
		if product.Loop != nil {
			e.Run = func(times int) { product.Loop(times, p.m, p.n, p.k, o.a, o.b, o.c) }
		}
		e.Guess = guessProduct(product, p)
		if product.Kernel != nil {
			e.Kernel = func() string { return product.Kernel(p.m, p.n, p.k) }
		}
		if threads > 1 {
			onItsOwnThread(&e)
		}
		entries = append(entries, e)
	}
	return entries
}

// guessProduct foretells the time of a large product from that of a small one.
func guessProduct(product peers.Product, p shape) func() time.Duration {
	const small = 256
	if p.flops() < 32*math.Pow(small, 3) {
		return nil
	}
	return func() time.Duration {
		cube := shape{small, small, small}
		o := newOperands(cube)
		product.Once(small, small, small, o.a, o.b, o.c) // it may try several kernels
		t := fastest(func() { product.Once(small, small, small, o.a, o.b, o.c) })
		return time.Duration(float64(t) * p.flops() / cube.flops())
	}
}

// onItsOwnThread moves a peer's runs to a thread of their own and lets its
// threads fall asleep after each repetition.
func onItsOwnThread(e *Entry) {
	t, run, guess := newThread(), e.Run, e.Guess
	e.Run = func(times int) { t.do(func() { run(times) }) }
	if guess != nil {
		e.Guess = func() (d time.Duration) {
			t.do(func() { d = guess() })
			return d
		}
	}
	e.Rest = peers.Settle
	e.Close = func() { close(t) }
}

func implName(name string) string { return strings.ToLower(name) }

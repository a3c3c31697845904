package suite

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// shape is a product of m x k by k x n.
type shape struct{ m, k, n int }

func (p shape) flops() float64 { return 2 * float64(p.m) * float64(p.k) * float64(p.n) }
func (p shape) String() string { return fmt.Sprintf("%d×%d×%d", p.m, p.k, p.n) }
func (p shape) keys() string   { return fmt.Sprintf("m=%d/k=%d/n=%d", p.m, p.k, p.n) }
func (p shape) job() job       { return job{unit: table.GFLOPs, work: p.flops(), fma: p.flops()} }
func floatBytes(n ...int) (sum float64) {
	for _, n := range n {
		sum += 4 * float64(n)
	}
	return sum
}

// defaultMaps are the products of the default network's maps on a minibatch:
// f1, g1, f2, g2.
var defaultMaps = []shape{{100, 784, 1000}, {100, 1000, 784}, {100, 1000, 100}, {100, 100, 1000}}

// defaultGradients are the products of their gradients.
var defaultGradients = []shape{{784, 100, 1000}, {1000, 100, 784}, {1000, 100, 100}, {100, 100, 1000}}

const (
	barePeers      = "The peers' columns are their bare product of the same shape, without bias or activation."
	aboutTilesInL1 = "“Tiles in L1” is the micro-kernel, with the activation where there is one, on operands that stay in the first-level cache."
)

func (s *Suite) affine() Section {
	section := Section{Section: table.Section{
		Title: "Fused affine maps",
		About: "act(x W + b) and the steps of the training algorithm that are fused with it; m × k × n is minibatch × inputs × outputs, one thread. " +
			barePeers + " The column “fused” has both. " + aboutTilesInL1,
		Unit:    table.GFLOPs,
		Compare: s.compareProducts("÷ best peer"),
	}}
	add := func(c Case) { section.Cases = append(section.Cases, c) }
	for _, act := range []kernels.Activation{kernels.Softplus, kernels.Sigmoid} {
		for _, p := range defaultMaps {
			add(s.affineCase(act, p))
		}
	}
	add(s.relaxCase(kernels.Softplus, defaultMaps[0]))
	add(s.relaxCase(kernels.Sigmoid, defaultMaps[2]))
	add(s.deltaCase(kernels.Softplus, defaultMaps[0]))
	add(s.deltaCase(kernels.Sigmoid, defaultMaps[1]))
	return section
}

// compareProducts are the columns that compare products with those of others, called title,
// and with the limits that micro-kernels set, if there are any.
func (s *Suite) compareProducts(title string) []table.Comparison {
	list := []table.Comparison{{Title: title, Against: table.Peer}}
	if !s.hasMicroKernel() {
		return list
	}
	isa := s.best().ISA()
	return append(list,
		table.Comparison{Title: "÷ peak between tiles", Column: betweenTilesColumn(isa)},
		table.Comparison{Title: "÷ tiles in L1", Column: tilesInL1Column(isa)})
}

func (s *Suite) affineCase(act kernels.Activation, p shape) Case {
	row := table.Row{
		Name:  fmt.Sprintf("Affine/op=%v/%s", act, p.keys()),
		Label: fmt.Sprintf("%v %v", act, p),
		Flops: p.flops(),
		Bytes: floatBytes(p.m*p.k, (p.k+1)*p.n, p.m*p.n),
	}
	return s.productCase(row, p, act, sgemm, func(e Engine) func() {
		x, w, y := matrix(p.m, p.k, unit), weights(p.k, p.n), kernels.NewMatrix(p.m, p.n)
		return func() { e.Affine(y, act, x, w) }
	}, s.fused(p.job(), p, act)...)
}

func (s *Suite) relaxCase(act kernels.Activation, p shape) Case {
	row := table.Row{
		Name:  fmt.Sprintf("AffineRelax/op=%v/%s", act, p.keys()),
		Label: fmt.Sprintf("relax %v %v", act, p),
		Flops: p.flops(),
		Bytes: floatBytes(p.m*p.k, (p.k+1)*p.n, 4*p.m*p.n),
	}
	return s.productCase(row, p, act, sgemm, func(e Engine) func() {
		x, w, h := matrix(p.m, p.k, unit), weights(p.k, p.n), matrix(p.m, p.n, unit)
		r := kernels.Relaxation{Delta: 0.1, Alpha: 0.001, A: matrix(p.m, p.n, unit), G: matrix(p.m, p.n, unit)}
		return func() { e.AffineRelax(h, act, x, w, r) }
	})
}

func (s *Suite) deltaCase(act kernels.Activation, p shape) Case {
	row := table.Row{
		Name:  fmt.Sprintf("AffineDelta/op=%v/%s", act, p.keys()),
		Label: fmt.Sprintf("delta %v %v", act, p),
		Flops: p.flops(),
		Bytes: floatBytes(p.m*p.k, (p.k+1)*p.n, 2*p.m*p.n),
	}
	return s.productCase(row, p, act, sgemm, func(e Engine) func() {
		x, w, target := matrix(p.m, p.k, unit), weights(p.k, p.n), matrix(p.m, p.n, unit)
		d, loss := kernels.NewPacked(p.m, p.n), kernels.NewMatrix(p.m, kernels.Panel)
		return func() { e.AffineDelta(d, loss, act, x, w, target, 0.02) }
	})
}

func (s *Suite) gradients() Section {
	section := Section{Section: table.Section{
		Title: "Gradients",
		About: "xᵀ d with the column sums of d, and the same with the step of RMSProp that consumes it; m × k × n is inputs × minibatch × outputs, one thread. " +
			barePeers + " Like ours it begins with x; not all peers have one that does. “Given xᵀ” is the same beside their product of xᵀ and d, " +
			"for which somebody has transposed x before. " + aboutTilesInL1,
		Unit:    table.GFLOPs,
		Compare: s.compareProducts("÷ best peer"),
	}}
	for _, p := range defaultGradients {
		section.Cases = append(section.Cases, s.gradientCase(p, sgemm, "/peers=transposed", ", given xᵀ"))
	}
	for _, p := range defaultGradients {
		section.Cases = append(section.Cases, s.gradientCase(p, sgemmTN, "", ""))
	}
	for _, p := range defaultGradients[:2] {
		section.Cases = append(section.Cases, s.gradientStepCase(p))
	}
	return section
}

// gradientCase is a row beside a product of the peers, with the ends of its name and label
// that tell which.
func (s *Suite) gradientCase(p shape, theirs peerProduct, key, label string) Case {
	row := table.Row{
		Name:  "Gradient/" + p.keys() + key,
		Label: p.String() + label,
		Flops: p.flops(),
		Bytes: floatBytes(p.m*p.k, p.k*p.n, (p.m+1)*p.n),
	}
	return s.productCase(row, p, kernels.Identity, theirs, func(e Engine) func() {
		x, d, g := matrix(p.k, p.m, unit), delta(p.k, p.n), kernels.NewPacked(p.m+1, p.n)
		return func() { e.Gradient(g, x, d) }
	})
}

func (s *Suite) gradientStepCase(p shape) Case {
	row := table.Row{
		Name:  "GradientStep/op=rmsprop/" + p.keys(),
		Label: fmt.Sprintf("with RMSProp %v", p),
		Flops: p.flops(),
		Bytes: floatBytes(p.m*p.k, p.k*p.n, 8*(p.m+1)*p.n),
	}
	return s.productCase(row, p, kernels.Identity, sgemmTN, func(e Engine) func() {
		x, d, w := matrix(p.k, p.m, unit), delta(p.k, p.n), weights(p.m, p.n)
		step := kernels.Descent{Optimizer: rmsprop, Step: 1, Weights: w, Moments: rmsprop.NewMoments(len(w.Data))}
		return func() { e.GradientStep(step, x, d) }
	})
}

// productCase is a row on one thread: call makes the work of an engine, act is the
// activation that it has, theirs the bare product that the peers do, more are entries besides
// that and the limits.
func (s *Suite) productCase(row table.Row, p shape, act kernels.Activation, theirs peerProduct, call func(Engine) func(), more ...lazyEntry) Case {
	return Case{Rows: []table.Row{row}, Entries: func() []Entry {
		var entries []Entry
		for _, e := range s.Engines {
			entry := Entry{Cells: one(s.ours(p.job(), e))}
			entry.Run = each(call(e))
			entry.Guess = guessPlainGo(e.Engine, p.flops())
			entries = append(entries, entry)
		}
		entries = append(entries, s.theirProducts(theirs, p.job(), p, newOperands(p), 1)...)
		for _, m := range more {
			if e, ok := m(); ok {
				entries = append(entries, e)
			}
		}
		return append(entries, s.productLimits(1, p, act)...)
	}}
}

// lazyEntry makes an entry, if it can.
type lazyEntry func() (Entry, bool)

// fused are the peers' fused affine maps.
func (s *Suite) fused(j job, p shape, act kernels.Activation) []lazyEntry {
	theirs := map[kernels.Activation]peers.Activation{kernels.Softplus: peers.Softplus, kernels.Sigmoid: peers.Sigmoid, kernels.Identity: peers.Identity}
	var entries []lazyEntry
	for _, peer := range s.Peers {
		if peer.Affine == nil {
			continue
		}
		entries = append(entries, func() (Entry, bool) {
			op, err := peer.Affine(p.m, p.n, p.k, floats(p.k*p.n, normal), floats(p.n, normal), theirs[act])
			if err != nil {
				return Entry{}, false
			}
			x, y := floats(p.m*p.k, unit), make([]float32, p.m*p.n)
			e := Entry{
				Cells:  one(s.theirs(j, peer.Name+" fused", implName(peer.Name)+"-fused")),
				Kernel: func() string { return op.Kernel },
				Close:  op.Close,
			}
			e.Run = each(func() { op.Run(y, x) })
			return e, true
		})
	}
	return entries
}

package products

import (
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// lazyEntry makes an entry, if it can.
type lazyEntry func() (cases.Entry, bool)

// fused are the peers' fused affine maps.
func fused(s *cases.Setting, j cases.Job, p cases.Shape, act kernels.Activation) []lazyEntry {
	theirs := map[kernels.Activation]peers.Activation{kernels.Softplus: peers.Softplus, kernels.Sigmoid: peers.Sigmoid, kernels.Identity: peers.Identity}
	var entries []lazyEntry
	for _, peer := range s.Peers {
		if peer.Affine == nil {
			continue
		}
		entries = append(entries, func() (cases.Entry, bool) {
			op, err := peer.Affine(p.M, p.N, p.K, operands.Floats(p.K*p.N, operands.Normal), operands.Floats(p.N, operands.Normal), theirs[act])
			if err != nil {
				return cases.Entry{}, false
			}
			x, y := operands.Floats(p.M*p.K, operands.Unit), make([]float32, p.M*p.N)
			e := cases.Entry{
				Cells:  cases.One(s.Theirs(j, peer.Name+" fused", cases.ImplName(peer.Name)+"-fused")),
				Kernel: func() string { return op.Kernel },
				Close:  op.Close,
			}
			e.Run = cases.Each(func() { op.Run(y, x) })
			return e, true
		})
	}
	return entries
}

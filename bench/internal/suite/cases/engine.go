package cases

import (
	"slices"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Engine is this project on one instruction set.
type Engine struct {
	*kernels.Engine
	Column, Impl string
	Role         table.Role
}

// columns are the names of the instruction sets' columns.
var columns = map[kernels.ISA]string{
	kernels.Generic: "plain Go",
	kernels.NEON:    "NEON",
	kernels.AVX2:    "AVX2",
	kernels.AVX512:  "AVX-512",
}

// NewEngines makes an engine on each available instruction set, plain Go first.
func NewEngines(threads int) ([]Engine, error) {
	var engines []Engine
	for _, isa := range slices.Backward(kernels.Available()) {
		e, err := kernels.New(kernels.WithMaxISA(isa), kernels.WithThreads(threads))
		if err != nil {
			return nil, err
		}
		role := table.Ours
		if isa == kernels.Generic {
			role = table.Baseline
		}
		engines = append(engines, Engine{e, columns[isa], isa.String(), role})
	}
	return engines, nil
}

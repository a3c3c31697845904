package chain

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
)

// Uniform is a rows x cols matrix of independent uniform numbers from 0 to 1:
// pictures of noise, for a chain to start from. Row i depends on the seed and on
// i, not on rows.
func Uniform(rows, cols int, seed uint64) kernels.Matrix { return random.Uniform(rows, cols, seed) }

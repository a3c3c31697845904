//go:build !amd64 || purego

package suite

import "github.com/targetprop/targetprop/kernels"

// microKernel is none here: they are measured where there are several.
func microKernel(kernels.ISA) (flops float64, call func()) { return 0, nil }

//go:build !amd64 || purego

package suite

import "github.com/targetprop/targetprop/kernels"

// microKernels are measured where there are several.
func (s *Suite) microKernels() []Entry { return nil }

// microKernel is none here.
func microKernel(kernels.ISA) (flops float64, call func()) { return 0, nil }

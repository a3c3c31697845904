//go:build !amd64 || purego

package suite

// microKernels are measured where there are several.
func (s *Suite) microKernels() []Entry { return nil }

//go:build !goexperiment.simd || !amd64

package suite

// divides needs vectors in Go: see the other file.
func (s *Suite) divides(root bool) []Entry { return nil }

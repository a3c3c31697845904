//go:build !goexperiment.simd || !amd64

package suite

// divides and operations need vectors in Go: see the other file.
func (s *Suite) divides(root bool) []Entry { return nil }

func (s *Suite) operations() []Entry { return nil }

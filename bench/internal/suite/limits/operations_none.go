//go:build !goexperiment.simd || !amd64

package limits

import "github.com/targetprop/targetprop/bench/internal/suite/cases"

// Divides and Operations need vectors in Go: see the other file.
func Divides(s *cases.Setting, root bool) []cases.Entry { return nil }

func Operations(s *cases.Setting) []cases.Entry { return nil }

// Package suite is what the benchmark measures: sections of cases, each with
// the rows that it fills and the candidates that do their work.
//
// A row's candidates are this project's engines, one for each instruction set,
// the peers that have the operation, and loops that show what the machine can
// do: the limits that the others are held against.
package suite

import (
	"time"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/elementwise"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/matrices"
	"github.com/targetprop/targetprop/bench/internal/suite/products"
	"github.com/targetprop/targetprop/bench/internal/suite/routines"
	"github.com/targetprop/targetprop/bench/internal/suite/training"
	"github.com/targetprop/targetprop/bench/peers"
)

// Suite is what there is to measure on this machine.
type Suite struct{ setting *cases.Setting }

// New finds the engines and peers of this machine. large adds the rows that take minutes.
func New(threads []int, profile time.Duration, large bool) (*Suite, error) {
	engines, err := cases.NewEngines(1)
	if err != nil {
		return nil, err
	}
	list, _ := peers.All()
	return &Suite{&cases.Setting{Engines: engines, Peers: list, Threads: threads, Profile: profile, Large: large, Tile: limits.Tile}}, nil
}

// Sections lists everything.
func (s *Suite) Sections() []cases.Section {
	return []cases.Section{
		limits.Machine(s.setting),
		products.Affine(s.setting),
		products.Gradients(s.setting),
		products.Gemm(s.setting),
		routines.Dgemm(s.setting),
		routines.Right(s.setting),
		routines.Level1(s.setting),
		routines.Level2(s.setting),
		routines.Level3(s.setting),
		matrices.Mat(s.setting),
		elementwise.Functions(s.setting),
		elementwise.Doubles(s.setting),
		routines.Pairwise(s.setting),
		elementwise.Softmax(s.setting),
		elementwise.Noise(s.setting),
		elementwise.Updates(s.setting),
		products.Vector(s.setting),
		training.Training(s.setting),
		training.Classifiers(s.setting),
	}
}

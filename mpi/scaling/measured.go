package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/mpi"
)

// setting is a network and a global batch.
type setting struct {
	Sizes []int
	Batch int
	Steps int
	Apart bool // the ranks exchange messages, as on machines of their own
}

// measured is what rank 0 of a job saw.
type measured struct {
	Setting setting
	Ranks   int
	Step    float64 // seconds, of the fastest: what slows a step down is other programs
	Weights int     // parameters, padding included
	Gathers []mpi.Gathers
}

// examples and weights are the gathers of the two phases, by their places in a
// step.
func (m measured) examples() mpi.Gathers { return m.Gathers[0] }
func (m measured) weights() mpi.Gathers  { return m.Gathers[1] }

// noise are images of noise.
type noise struct {
	n, dim int
	pixels []byte
}

func newNoise(n, dim int) noise {
	rng := rand.New(rand.NewPCG(1, 2))
	x := noise{n, dim, make([]byte, n*dim)}
	for i := range x.pixels {
		x.pixels[i] = byte(rng.IntN(256))
	}
	return x
}

func (x noise) Len() int { return x.n }
func (x noise) Dim() int { return x.dim }
func (x noise) Read(i int, dst []float32) {
	for j, p := range x.pixels[i*x.dim:][:x.dim] {
		dst[j] = float32(p) / 255
	}
}

// measure takes the steps of a setting on one thread, and a few before.
func measure(g *mpi.Group, s setting) (measured, error) {
	e, err := kernels.New(kernels.WithThreads(1))
	if err != nil {
		return measured{}, err
	}
	n, err := model.New(model.DefaultConfig(s.Sizes...), 1, e)
	if err != nil {
		return measured{}, err
	}
	n.Group = g
	if s.Apart {
		g.Apart()
	}
	training := model.DefaultTraining()
	training.Batch = s.Batch
	trainer, err := model.NewTrainer(n, newNoise(2*s.Batch, s.Sizes[0]), training, e)
	if err != nil {
		return measured{}, err
	}
	m := measured{Setting: s, Ranks: g.Size()}
	for _, w := range n.Maps() {
		m.Weights += len(w.Weights.Data)
	}
	if _, err := trainer.Step(); err != nil {
		return measured{}, err
	}
	g.Measure()
	for i := range s.Steps {
		began := time.Now()
		if _, err := trainer.Step(); err != nil {
			return measured{}, err
		}
		if took := time.Since(began).Seconds(); i == 0 || took < m.Step {
			m.Step = took
		}
	}
	m.Gathers = g.Gathers()
	return m, nil
}

// beRank measures and has rank 0 write it.
func beRank(text string, stdout, stderr io.Writer) int {
	g, err := mpi.Start()
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	var s setting
	var m measured
	if err = json.Unmarshal([]byte(text), &s); err == nil {
		m, err = measure(g, s)
	}
	if err == nil && g.Rank() == 0 {
		err = json.NewEncoder(stdout).Encode(m)
	}
	if err != nil {
		return g.End(1, err.Error(), stderr)
	}
	return g.End(0, "", stderr)
}

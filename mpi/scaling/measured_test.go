//go:build openmpi || mpich

package main

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if text := os.Getenv(asRank); text != "" {
		os.Exit(beRank(text, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// TestMeasure: the gathers are those of a step, in their order.
func TestMeasure(t *testing.T) {
	s := setting{Sizes: []int{35, 21, 13}, Batch: 10, Steps: 4, Apart: true}
	m, err := measureJob(s, 2)
	if err != nil {
		t.Fatal(err)
	}
	x, w := m.examples(), m.weights()
	// 35, 21 and 13 units are 48, 32 and 16 in memory, and each map has 16 numbers of loss; each rank says in 16 whether it failed.
	if want := 4 * (10*(2*(48+32+32+16)+4*16) + 2*16); x.Bytes != want || x.Times != s.Steps {
		t.Errorf("%d gathers of %d bytes, want %d of %d", x.Times, x.Bytes, s.Steps, want)
	}
	if w.Bytes != 4*m.Weights || w.Times != s.Steps || len(m.Gathers) != 2 {
		t.Errorf("%d gathers of %d bytes, want %d of %d", w.Times, w.Bytes, s.Steps, 4*m.Weights)
	}
	if m.Ranks != 2 || !(m.Step > 0) || !(m.cost().row > 0) {
		t.Errorf("%+v", m)
	}
}

package rstdp_test

import (
	"context"
	"fmt"
	"log"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/rstdp"
)

func ExampleSimulate() {
	s := rstdp.Default()
	s.Runs, s.Trials = 2, 1000
	r, err := rstdp.Simulate(context.Background(), kernels.Default(), s, nil)
	if err != nil {
		log.Fatal(err)
	}
	last := s.Trials/s.Block - 1
	reward, _ := rstdp.Mean(r.Reward, last)
	shuffled, _ := rstdp.Mean(r.Shuffled, last)
	fmt.Printf("reward %.2f, with rewards shuffled %.2f\n", reward, shuffled)
	// Output: reward 0.56, with rewards shuffled -0.16
}

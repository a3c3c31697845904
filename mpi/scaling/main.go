// Command scaling measures training by 1, 2 and 4 ranks of one thread on this
// machine, and says from that what more ranks on a network would do:
//
//	cd mpi && go run -tags openmpi ./scaling
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/targetprop/targetprop/mpi/internal/launch"
)

// asRank has the setting that a rank of a job is to measure.
const asRank = "TARGETPROP_SCALING"

func main() {
	if text := os.Getenv(asRank); text != "" {
		os.Exit(beRank(text, os.Stdout, os.Stderr))
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "scaling:", err)
		os.Exit(1)
	}
}

// settings are what is measured.
var settings = []setting{
	{Sizes: []int{784, 1000, 100}, Batch: 100, Steps: 20},
	{Sizes: []int{784, 1000, 100}, Batch: 1000, Steps: 3},
	{Sizes: []int{784, 4096, 4096, 1024}, Batch: 100, Steps: 1},
}

// rounds of all jobs of a setting, by turns. Of each job the fastest counts: what
// slows a job down is other programs.
const rounds = 3

func run() error {
	for _, s := range settings {
		best, err := fastest(s)
		if err != nil {
			return err
		}
		fmt.Print(heading)
		for _, m := range best {
			m.write(best[0].Step)
		}
		c := best[two].cost()
		predicted, _ := c.step(s.Batch, 1, net{})
		fmt.Printf("With the costs of two ranks that exchange messages, the formula says %.0f for one: %+.0f %%.\n", 1e6*predicted, 100*(predicted/best[0].Step-1))
		c.extrapolate(s)
	}
	return nil
}

// jobs are the numbers of ranks, and whether they exchange messages.
var jobs = []struct {
	ranks int
	apart bool
}{{1, false}, {2, false}, {4, false}, {2, true}, {4, true}}

// two are two ranks that exchange messages.
const two = 3

// fastest measures a setting by each job.
func fastest(s setting) ([]measured, error) {
	best := make([]measured, len(jobs))
	for round := range rounds {
		for i, job := range jobs {
			s.Apart = job.apart
			m, err := measureJob(s, job.ranks)
			if err != nil {
				return nil, err
			}
			if round == 0 || m.Step < best[i].Step {
				best[i] = m
			}
		}
	}
	return best, nil
}

// measureJob measures a setting by so many ranks.
func measureJob(s setting, ranks int) (measured, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return measured{}, err
	}
	exe, err := os.Executable()
	if err != nil {
		return measured{}, err
	}
	cmd := launch.Job(context.Background(), launch.Part{Ranks: ranks, Env: []string{asRank + "=" + string(text)}, Args: []string{exe}})
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return measured{}, fmt.Errorf("a job of %d ranks: %w", ranks, err)
	}
	var m measured
	return m, json.Unmarshal(out, &m)
}

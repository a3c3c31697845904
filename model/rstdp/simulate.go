package rstdp

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
)

// Result is what a simulation found.
type Result struct {
	Settings Settings
	// Reward and Shuffled are mean rewards, of the networks that learn and of their
	// controls, by network and block.
	Reward, Shuffled [][]float64
}

// Mean is the mean of a block over networks, and its standard error, which is
// not a number with one network.
func Mean(rewards [][]float64, block int) (mean, stdErr float64) {
	column := make([]float64, len(rewards))
	for r, row := range rewards {
		if block < 0 || block >= len(row) {
			panic(fmt.Sprintf("rstdp: block %d of %d", block, len(row)))
		}
		column[r] = row[block]
	}
	return stat.MeanError(column)
}

// Simulate runs all networks and their controls. It calls progress, if that is
// not nil, with the number of trials done of each network.
func Simulate(ctx context.Context, e *kernels.Engine, settings Settings, progress func(done int)) (Result, error) {
	if err := settings.Validate(); err != nil {
		return Result{}, err
	}
	if err := memory.Check(fmt.Sprintf("rstdp: %d patterns of %d inputs for each of %d networks", settings.Patterns, settings.Inputs, settings.Runs), settings.bytes()); err != nil {
		return Result{}, err
	}
	result := Result{Settings: settings, Reward: make([][]float64, settings.Runs), Shuffled: make([][]float64, settings.Runs)}
	pairs := make([]*pair, settings.Runs)
	for i := range pairs {
		pairs[i] = newPair(ctx, settings, settings.Seed+uint64(i))
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
	}
	serial := e.Serial()
	for first := 0; first < settings.Trials; first += settings.Block {
		e.Each(len(pairs), func(i int) {
			reward, shuffled := pairs[i].block(ctx, serial, first)
			result.Reward[i] = append(result.Reward[i], reward)
			result.Shuffled[i] = append(result.Shuffled[i], shuffled)
		})
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		if progress != nil {
			progress(first + settings.Block)
		}
	}
	return result, nil
}

// pair is a network and its control, which begins as the same network.
type pair struct {
	task             *task
	network, control *network
	rewards          []float64 // of the network, in this block
	order            []int
}

func newPair(ctx context.Context, s Settings, seed uint64) *pair {
	return &pair{newTask(ctx, s, seed), newNetwork(s, seed), newNetwork(s, seed), make([]float64, s.Block), make([]int, s.Block)}
}

// block runs one block of both and returns their mean rewards, which are none once ctx is
// done: it looks before each trial. The control has the
// trials of the network, but is given the network's rewards in another order. What
// it would have earned is only counted.
func (p *pair) block(ctx context.Context, e *kernels.Engine, first int) (reward, shuffled float64) {
	for i := range p.rewards {
		if ctx.Err() != nil {
			return 0, 0
		}
		t := p.task.draw(e, first+i)
		p.rewards[i] = t.reward(p.network.run(t))
		p.network.learn(t.pattern, p.rewards[i])
		reward += p.rewards[i]
	}
	random.Shuffle(p.order, p.task.seed, p.task.Patterns+first)
	for i, other := range p.order {
		if ctx.Err() != nil {
			return 0, 0
		}
		t := p.task.draw(e, first+i)
		shuffled += t.reward(p.control.run(t))
		p.control.learn(t.pattern, p.rewards[other])
	}
	n := float64(len(p.order))
	return reward / n, shuffled / n
}

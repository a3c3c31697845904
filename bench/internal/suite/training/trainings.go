package training

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// trainings makes the candidates and keeps what is found out about them.
type trainings struct {
	setting     *cases.Setting
	allocations map[string]float64 // a step, by column and row
	remarks     []string
}

func (t *trainings) entries() []cases.Entry {
	set, err := dataset.Load(context.Background(), "digits", dataset.Options{})
	if err != nil {
		t.remarks = append(t.remarks, err.Error())
		return nil
	}
	var entries []cases.Entry
	for i, threads := range t.setting.Threads {
		engines, err := cases.NewEngines(threads)
		if err != nil {
			continue
		}
		for _, e := range engines {
			if entry, ok := t.entry(2*i, e, digits{set.Train}); ok {
				entries = append(entries, entry)
			}
		}
		if entry, ok := t.yardstick(2*i, threads, digits{set.Train}); ok {
			entries = append(entries, entry)
		}
		for _, l := range limits.ProductLimits(t.setting, threads, cases.DefaultMaps[0], kernels.Identity) {
			l.Cells = map[int]table.Cell{2 * i: l.Cells[0]}
			entries = append(entries, l)
		}
	}
	return entries
}

// cells are those of a candidate in the rows of a number of threads: flops, and
// the images that stand for them.
func (t *trainings) cells(row int, flops table.Cell) map[int]table.Cell {
	images := flops
	images.Unit, images.Work, images.Bounds = table.Images, float64(model.DefaultTraining().Batch), nil
	return map[int]table.Cell{row: flops, row + 1: images}
}

func (t *trainings) entry(row int, e cases.Engine, data model.Data) (cases.Entry, bool) {
	trainer, err := newTrainer(t.setting.Best().Engine, e.Engine, data)
	if err != nil {
		t.remarks = append(t.remarks, err.Error())
		return cases.Entry{}, false
	}
	j := cases.Job{Unit: table.GFLOPs, Work: stepFlops(), FMA: stepFlops()}
	entry := cases.Entry{Cells: t.cells(row, t.setting.Ours(j, e))}
	ran := false
	step := func() {
		ran = true
		if _, err := trainer.Step(); err != nil {
			panic(err) // it ran before
		}
	}
	entry.Run = cases.Each(step)
	entry.Guess = cases.GuessPlainGo(e.Engine, stepFlops())
	entry.Close = func() {
		if ran {
			t.allocations[allocationKey(e.Column, e.Threads())] = allocations(step)
		}
		e.Close()
	}
	return entry, true
}

const yardstickColumn = "C on OpenBLAS"

func (t *trainings) yardstick(row, threads int, data model.Data) (cases.Entry, bool) {
	step, detail, closing, err := newYardstick(threads)
	if err != nil {
		t.remarks = append(t.remarks, fmt.Sprintf("“%s” is missing: %v.", yardstickColumn, err))
		return cases.Entry{}, false
	}
	j := cases.Job{Unit: table.GFLOPs, Work: stepFlops(), FMA: stepFlops()}
	entry := cases.Entry{
		Cells:  t.cells(row, t.setting.Theirs(j, yardstickColumn, "yardstick")),
		Kernel: func() string { return detail },
		Close:  closing,
	}
	x, next := batches(data, model.DefaultTraining().Batch), 0
	entry.Run = cases.Each(func() {
		step(x[next])
		next = (next + 1) % len(x)
	})
	if threads > 1 {
		entry.Rest = peers.Settle
	}
	return entry, true
}

package training

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// classifierSizes are the layers of the classifier that is measured.
var classifierSizes = []int{784, 1000, 1000, 10}

// classifiers makes the candidates of a rule and keeps what is found out about them.
type classifiers struct {
	setting     *cases.Setting
	rule        credit.Rule
	settings    credit.Training
	allocations map[string]float64
	remarks     []string
}

// Classifiers are steps of training of a classifier by every rule of credit assignment.
func Classifiers(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Training a classifier",
		About: "One step of 784-1000-1000-10 by each rule of credit assignment, minibatch 100, Adam, real digits without noise. " +
			"Flops are those of the rule's products alone. " + limits.AboutTilesInL1 + " “" + yardstickColumn + "” is back-propagation under bench/.",
		Unit:    table.GFLOPs,
		Compare: limits.CompareProducts(s, "÷ yardstick"),
	}}
	var all []*classifiers
	for _, rule := range credit.Rules() {
		c := &classifiers{setting: s, rule: rule, settings: credit.DefaultTraining(rule), allocations: map[string]float64{}}
		c.settings.InputNoise = 0
		all = append(all, c)
		var rows []table.Row
		most := 1
		for _, threads := range s.Threads {
			most = max(most, threads)
			rows = append(rows, table.Row{Name: c.rowName(threads), Label: fmt.Sprintf("%v, threads: %d", rule, threads), Threads: threads, Flops: c.flops()})
		}
		section.Cases = append(section.Cases, cases.Case{Rows: rows, Threads: most, Longer: trainingTurns, Entries: c.entries})
	}
	section.Finish = func(section *table.Section) {
		for _, c := range all {
			section.Extra = append(section.Extra, figures(fmt.Sprintf("Scaling and allocations, %v", c.rule), section, s.Threads, c.rowName, c.allocations))
			section.Remark = append(section.Remark, c.remarks...)
		}
		slices.Sort(section.Remark)
		section.Remark = slices.Compact(section.Remark)
	}
	return section
}

// rowName is the name of the row for a number of threads.
func (c *classifiers) rowName(threads int) string {
	return fmt.Sprintf("Classifier/rule=%v/threads=%d", c.rule, threads)
}

func (c *classifiers) flops() float64 {
	return ClassifierFlops(c.rule, classifierSizes, c.settings.Batch)
}

func (c *classifiers) entries() []cases.Entry {
	set, err := dataset.Load(context.Background(), "digits", dataset.Options{})
	if err != nil {
		c.remarks = append(c.remarks, err.Error())
		return nil
	}
	data := feedforward.Labelled{Data: digits{set.Train}, Labels: set.Train.Labels}
	var entries []cases.Entry
	for row, threads := range c.setting.Threads {
		engines, err := cases.NewEngines(threads)
		if err != nil {
			continue
		}
		for _, e := range engines {
			if entry, ok := c.entry(row, e, data); ok {
				entries = append(entries, entry)
			}
		}
		if entry, ok := c.yardstick(row, threads, data); ok {
			entries = append(entries, entry)
		}
		for _, l := range limits.ProductLimits(c.setting, threads, cases.Shape{M: c.settings.Batch, K: classifierSizes[0], N: classifierSizes[1]}, kernels.Identity) {
			l.Cells = map[int]table.Cell{row: l.Cells[0]}
			entries = append(entries, l)
		}
	}
	return entries
}

func (c *classifiers) job() cases.Job {
	return cases.Job{Unit: table.GFLOPs, Work: c.flops(), FMA: c.flops()}
}

func (c *classifiers) entry(row int, e cases.Engine, data feedforward.Labelled) (cases.Entry, bool) {
	network, err := feedforward.New(feedforward.DefaultConfig(feedforward.Softmax, classifierSizes...), 1, c.setting.Best().Engine)
	if err != nil {
		c.remarks = append(c.remarks, err.Error())
		return cases.Entry{}, false
	}
	trainer, err := credit.NewTrainer(network, data, c.settings, e.Engine)
	if err != nil {
		c.remarks = append(c.remarks, err.Error())
		return cases.Entry{}, false
	}
	entry := cases.Entry{Cells: map[int]table.Cell{row: c.setting.Ours(c.job(), e)}}
	ran := false
	step := func() {
		ran = true
		if _, err := trainer.Step(); err != nil {
			panic(err) // it ran before
		}
	}
	entry.Run = cases.Each(step)
	entry.Guess = cases.GuessPlainGo(e.Engine, c.flops())
	entry.Close = func() {
		if ran {
			c.allocations[allocationKey(e.Column, e.Threads())] = allocations(step)
		}
		e.Close()
	}
	return entry, true
}

// yardstick is back-propagation in C. Other rules have none.
func (c *classifiers) yardstick(row, threads int, data feedforward.Labelled) (cases.Entry, bool) {
	if c.rule != credit.Backprop {
		return cases.Entry{}, false
	}
	batch := c.settings.Batch
	step, detail, closing, err := newClassifierYardstick(classifierSizes, batch, c.settings.Optimizer, threads)
	if err != nil {
		c.remarks = append(c.remarks, fmt.Sprintf("“%s” is missing: %v.", yardstickColumn, err))
		return cases.Entry{}, false
	}
	entry := cases.Entry{
		Cells:  map[int]table.Cell{row: c.setting.Theirs(c.job(), yardstickColumn, "yardstick")},
		Kernel: func() string { return detail },
		Close:  closing,
	}
	x, next := batches(data, batch), 0
	entry.Run = cases.Each(func() {
		step(x[next], data.Labels[next*batch:][:batch])
		next = (next + 1) % len(x)
	})
	if threads > 1 {
		entry.Rest = peers.Settle
	}
	return entry, true
}

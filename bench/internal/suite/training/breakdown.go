package training

import (
	"context"
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/bench/internal/breakdown"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/dataset"
)

// breakdown profiles training on one thread.
func (t *trainings) breakdown() (table.Plain, error) {
	set, err := dataset.Load(context.Background(), "digits", dataset.Options{})
	if err != nil {
		return table.Plain{}, err
	}
	best := t.setting.Best()
	trainer, err := newTrainer(best.Engine, best.Engine, digits{set.Train})
	if err != nil {
		return table.Plain{}, err
	}
	step := func() error {
		_, err := trainer.Step()
		return err
	}
	if err := step(); err != nil { // cold
		return table.Plain{}, err
	}
	peers.Settle()
	b, err := breakdown.Profile(t.setting.Profile, step)
	if err != nil {
		return table.Plain{}, err
	}
	p := table.Plain{
		Title:  fmt.Sprintf("Where a step's time goes: %s, one thread, %d samples of a CPU profile", best.Column, b.Samples),
		Header: []string{"", "share", "functions"},
	}
	for _, part := range b.Parts {
		var functions []string
		for i, f := range part.Functions {
			if i == 5 {
				functions = append(functions, "...")
				break
			}
			functions = append(functions, fmt.Sprintf("%s %.1f %%", f.Name, 100*f.Share))
		}
		p.Rows = append(p.Rows, []string{
			part.Name,
			fmt.Sprintf("%.1f ± %.1f %%", 100*part.Share, 100*part.Error),
			strings.Join(functions, ", "),
		})
	}
	return p, nil
}

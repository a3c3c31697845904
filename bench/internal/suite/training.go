package suite

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"runtime/debug"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

const yardstickColumn = "C on OpenBLAS"

// trainingTurns makes a repetition of training several steps long.
const trainingTurns = 10

// training is the default network on the built-in digits, on all numbers of
// threads. They are one case, so that their ratios are of one measurement.
func (s *Suite) training() Section {
	t := &trainings{suite: s, allocations: map[string]float64{}}
	section := Section{Section: table.Section{
		Title: "Training",
		About: "One step of Algorithm 2 on the default network, 784-1000-100, minibatch 100, 15 iterations, real digits. " +
			"Flops are those of the products alone, so whatever else a step does lowers the share of peak. " +
			aboutTilesInL1 + " “" + yardstickColumn + "” is the yardstick under bench/.",
		Unit:    table.GFLOPs,
		Compare: s.compareProducts("÷ yardstick"),
	}, Finish: t.finish}
	var rows []table.Row
	most := 1
	for _, threads := range s.Threads {
		most = max(most, threads)
		name, label := TrainRow(threads), fmt.Sprintf("%d threads", threads)
		if threads == 1 {
			label = "1 thread"
		}
		rows = append(rows,
			table.Row{Name: name, Label: label + ", GFLOP/s", Threads: threads, Flops: stepFlops(), Bytes: stepBytes()},
			table.Row{Name: name, Label: label + ", images/s", Threads: threads, View: true})
	}
	section.Cases = []Case{{Rows: rows, Threads: most, Longer: trainingTurns, Entries: t.entries}}
	return section
}

// TrainRow is the name of the rows for a number of threads.
func TrainRow(threads int) string { return fmt.Sprintf("Train/threads=%d", threads) }

// defaultSizes are the layers of the default network.
var defaultSizes = []int{784, 1000, 100}

func stepFlops() float64 {
	d := model.DefaultTraining()
	return StepFlops(defaultSizes, d.Batch, d.Inference.Iterations)
}

// stepBytes is what a step must move between steps: the parameters and their
// three moments, read and written.
func stepBytes() float64 {
	parameters := 0
	for l := 1; l < len(defaultSizes); l++ {
		in, out := defaultSizes[l-1], defaultSizes[l]
		parameters += (in+1)*out + (out+1)*in
	}
	return floatBytes(8 * parameters)
}

// trainings makes the candidates and keeps what is found out about them.
type trainings struct {
	suite       *Suite
	allocations map[string]float64 // a step, by column and row
	remarks     []string
}

func (t *trainings) entries() []Entry {
	set, err := dataset.Load(context.Background(), "digits", dataset.Options{})
	if err != nil {
		t.remarks = append(t.remarks, err.Error())
		return nil
	}
	var entries []Entry
	for i, threads := range t.suite.Threads {
		engines, err := newEngines(threads)
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
		for _, l := range t.suite.productLimits(threads, defaultMaps[0], kernels.Identity) {
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

func (t *trainings) entry(row int, e Engine, data model.Data) (Entry, bool) {
	trainer, err := newTrainer(t.suite.best().Engine, e.Engine, data)
	if err != nil {
		t.remarks = append(t.remarks, err.Error())
		return Entry{}, false
	}
	j := job{unit: table.GFLOPs, work: stepFlops(), fma: stepFlops()}
	entry := Entry{Cells: t.cells(row, t.suite.ours(j, e))}
	ran := false
	step := func() {
		ran = true
		if _, err := trainer.Step(); err != nil {
			panic(err) // it ran before
		}
	}
	entry.Run = each(step)
	entry.Guess = guessPlainGo(e.Engine, stepFlops())
	entry.Close = func() {
		if ran {
			t.allocations[allocationKey(e.Column, e.Threads())] = allocations(step)
		}
		e.Close()
	}
	return entry, true
}

// newTrainer makes the default network and its trainer. The initialisation is
// left to the fastest engine.
func newTrainer(fastest, e *kernels.Engine, data model.Data) (*model.Trainer, error) {
	network, err := model.New(model.DefaultConfig(defaultSizes...), 1, fastest)
	if err != nil {
		return nil, err
	}
	return model.NewTrainer(network, data, model.DefaultTraining(), e)
}

func (t *trainings) yardstick(row, threads int, data model.Data) (Entry, bool) {
	step, detail, closing, err := newYardstick(threads)
	if err != nil {
		t.remarks = append(t.remarks, fmt.Sprintf("“%s” is missing: %v.", yardstickColumn, err))
		return Entry{}, false
	}
	j := job{unit: table.GFLOPs, work: stepFlops(), fma: stepFlops()}
	entry := Entry{
		Cells:  t.cells(row, t.suite.theirs(j, yardstickColumn, "yardstick")),
		Kernel: func() string { return detail },
		Close:  closing,
	}
	x, next := batches(data, model.DefaultTraining().Batch), 0
	entry.Run = each(func() {
		step(x[next])
		next = (next + 1) % len(x)
	})
	if threads > 1 {
		entry.Rest = peers.Settle
	}
	return entry, true
}

// allocationKey names a trainer.
func allocationKey(column string, threads int) string { return fmt.Sprint(column, " ", threads) }

// allocations is the number of allocations in a step: the least of a few tries,
// since what the runtime allocates once, as when a goroutine waits for the first
// time, is not the step's.
func allocations(step func()) float64 {
	const tries, steps = 3, 5
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the collector allocates too
	least := math.Inf(1)
	for range tries {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range steps {
			step()
		}
		runtime.ReadMemStats(&after)
		least = min(least, float64(after.Mallocs-before.Mallocs)/steps)
	}
	return least
}

// digits are images as training data.
type digits struct{ dataset.Images }

func (d digits) Read(i int, dst []float32) {
	for j, p := range d.Row(i) {
		dst[j] = float32(p) / 255
	}
}

// batches are whole minibatches of the data, in order.
func batches(data model.Data, size int) [][]float32 {
	var all [][]float32
	for first := 0; first+size <= data.Len(); first += size {
		x := make([]float32, size*data.Dim())
		for i := range size {
			data.Read(first+i, x[i*data.Dim():][:data.Dim()])
		}
		all = append(all, x)
	}
	return all
}

package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// View is the observer that keeps in the run's folder what there is to see:
// pictures of samples, reconstructions and the log, and frames for package watch. It
// reads the network and changes nothing. It takes a share of the time at most, a hundredth:
// where a look would take more, an epoch has none.
//
// What it writes is a report. If that fails the training goes on, and Err says why.
type View struct {
	Nop
	Err      error
	Share    float64       // of the time
	Patience time.Duration // for which an interruption waits for the last look

	run    *Run
	folder frame.Folder
	look   func() task.Look // nil if there is nothing to see but the log

	amounts frame.Amounts
	trained time.Duration // by this process
	spent   time.Duration // on looks
	cost    time.Duration // of the last one
	done    int           // images of this epoch
	rate    float64       // of the last epoch
	told    time.Time     // when Now was last written
	state   string        // that it told
}

// NewView is an observer of r, which only the process that writes needs.
func NewView(r *Run) *View {
	v := &View{run: r, folder: r.Dir.Frames(), amounts: frame.Of(r.Images), Share: 0.01, Patience: 2 * time.Second, cost: 10 * time.Millisecond}
	// A process of a group may have a part of the images, and none to look at.
	if t, ok := r.Trainer.(task.Visible); ok && t.Look().Probe.Len() > 0 {
		v.look = t.Look
	}
	return v
}

// keep remembers the first error.
func (v *View) keep(err error) {
	if v.Err == nil {
		v.Err = err
	}
}

// writes tells whether this process is the one that does.
func (v *View) writes() bool { return together.Writes(v.run.group) }

// Start says what the run is.
func (v *View) Start(e Epoch) {
	if !v.writes() {
		return
	}
	v.keep(v.folder.Begin(e.Number))
	r := v.run
	about := frame.Run{
		Task: r.Dir.Task().Name, Data: r.Notes[modelfile.NoteData], Images: r.Images, Sizes: r.Trainer.Sizes(), Columns: e.Columns,
		Machine: fmt.Sprintf("%s, %s", r.engine.ISA(), cli.Count(r.engine.Threads(), "thread", "threads")), Version: cli.Version(),
	}
	for _, s := range settings.All(r.Trainer.Settings()) {
		about.Settings = append(about.Settings, frame.Setting(s))
	}
	if v.look != nil {
		look, classes := v.look(), 0
		if look.Labelled != nil {
			classes = look.Labelled.Config.Classes
		}
		probes, labels := frame.Probes(look.Probe, classes, v.amounts)
		about.Probes, about.Labels = frame.NewSheet(probes, frame.Size{Height: look.Probe.Height, Width: look.Probe.Width}), labels
	}
	v.keep(v.folder.SetRun(about))
	_, step := r.Trainer.Position()
	_, batch := r.Trainer.Settings().Schedule()
	v.done = step * *batch
	v.tell(frame.Training, "", "")
}

// Images counts, and tells from time to time.
func (v *View) Images(n int) {
	v.done += n
	if v.writes() && time.Since(v.told) >= time.Second {
		v.tell(v.state, "", "")
	}
}

// Ending says that the epochs are done.
func (v *View) Ending(string) {
	v.done = 0
	if v.writes() {
		v.tell(frame.Ending, "", "")
	}
}

// End says how the run ended, as [frame.Now] has it.
func (v *View) End(state, why, then string) {
	if v.writes() {
		v.tell(state, why, then)
	}
}

// tell writes how far the run has come.
func (v *View) tell(state, why, then string) {
	v.told, v.state = time.Now(), state
	e := v.run.epoch()
	rate := v.rate
	if e.Elapsed > time.Second && v.done > 0 {
		rate = float64(v.done) / e.Elapsed.Seconds()
	}
	now := frame.Now{State: state, Time: v.told, Epoch: e.Number, Epochs: e.Of, Done: v.done, Rate: rate, Why: why, Then: then, Trained: v.trained.Seconds(), Looked: v.spent.Seconds()}
	if rate > 0 && state == frame.Training {
		now.Left = float64(v.run.Left()) / rate
	}
	v.keep(v.folder.SetNow(now))
}

// worthABeginning is the work, in weights times images, of a run that lasts long
// enough for a look at the untrained network.
const worthABeginning = 1e10

// due tells whether there is time for a look: always at the end.
func (v *View) due(e Epoch) bool {
	switch {
	case e.Number == e.Of:
		return true
	case e.Number == 0:
		sizes, weights := v.run.Trainer.Sizes(), 0
		for l := 1; l < len(sizes); l++ {
			weights += sizes[l-1] * sizes[l]
		}
		return float64(weights)*float64(v.run.Left()) > worthABeginning
	}
	return float64(v.spent+v.cost) <= v.Share*float64(v.trained)
}

// Epoch looks at the network and the log.
func (v *View) Epoch(ctx context.Context, e Epoch) error {
	v.trained += e.Elapsed
	v.done = 0
	if e.Elapsed > 0 && e.Number > 0 {
		v.rate = e.rate()
	}
	if !v.writes() || !v.due(e) {
		return nil
	}
	if e.Number == e.Of { // nobody looks again: an interruption waits for this, but not for long
		var cancel context.CancelFunc
		ctx, cancel = endingLater(ctx, v.Patience)
		defer cancel()
	}
	began := time.Now()
	err := v.see(ctx, e)
	v.cost = time.Since(began)
	v.spent += v.cost
	if ctx.Err() != nil {
		return nil // the training knows
	}
	v.keep(err)
	return nil
}

// see writes the pictures and the frame of an epoch.
func (v *View) see(ctx context.Context, e Epoch) error {
	if err := v.curves(ctx, e); err != nil || v.look == nil {
		return err
	}
	look := v.look()
	f, err := frame.Make(ctx, v.run.engine, look, v.amounts)
	if err != nil {
		return err
	}
	size := look.Probe
	if f.Samples != nil && data.Finite(f.Sampled) {
		if err := drawLoose(ctx, v.run.Dir.Samples(), picture.Grid{Height: size.Height, Width: size.Width, Lines: picture.Square(f.Sampled, size.Height, size.Width), Dark: true}); err != nil {
			return err
		}
	}
	if f.Reconstructions != nil {
		g := picture.Grid{Height: size.Height, Width: size.Width, Dark: true, Lines: make([]picture.Line, 2)}
		for i := range f.Probed.Rows {
			g.Lines[0].Images = append(g.Lines[0].Images, f.Probed.Row(i))
			g.Lines[1].Images = append(g.Lines[1].Images, f.Reconstructed.Row(i))
		}
		if err := drawLoose(ctx, v.run.Dir.Reconstructions(), g); err != nil {
			return err
		}
	}
	f.Epoch, f.Seconds = e.Number, v.run.log.seconds()+e.Elapsed.Seconds()
	err = v.folder.Add(f)
	if unsupported := new(json.UnsupportedValueError); errors.As(err, &unsupported) {
		return nil // a number is not finite, and the training will say so
	}
	return err
}

// endingLater is a context that ends some time after ctx.
func endingLater(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	later, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(wait, cancel) })
	return later, func() { stop(); cancel() }
}

func drawLoose(ctx context.Context, path string, g picture.Grid) error {
	content, err := g.PNG(ctx)
	if err != nil {
		return err
	}
	return atomicfile.WriteLoose(path, content)
}

// curves draws the log, with the epoch that is not in it yet.
func (v *View) curves(ctx context.Context, e Epoch) error {
	if e.Figures == nil {
		return nil
	}
	var curves []picture.Curve
	for i, name := range e.Columns {
		c := picture.Curve{Name: name}
		for _, row := range v.run.log.rows {
			x, err := strconv.ParseFloat(row[1+i], 64)
			if err != nil {
				return nil // a damaged log is nobody's concern here
			}
			c.Values = append(c.Values, x)
		}
		c.Values = append(c.Values, e.Figures[i])
		curves = append(curves, c)
	}
	content, err := picture.EncodePNG(ctx, picture.Curves(curves))
	if err != nil {
		return err
	}
	return atomicfile.WriteLoose(v.run.Dir.Curves(), content)
}

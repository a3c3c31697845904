// Package frame is what is to be seen of a network at one moment of its training,
// and the folder in which a run keeps such moments.
package frame

import (
	"context"
	"errors"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/measure"
)

// Frame is a moment of a training.
type Frame struct {
	Epoch   int     `json:"epoch"`   // done
	Seconds float64 `json:"seconds"` // trained

	Samples         *Sheet      `json:"samples,omitempty"`
	Reconstructions *Sheet      `json:"reconstructions,omitempty"` // of the first probes
	Fields          []Field     `json:"fields,omitempty"`
	States          []Histogram `json:"states,omitempty"`
	Angles          []Angle     `json:"angles,omitempty"`
	// Prior is that of the top layer as the probes show it: a rough one.
	Prior *Prior `json:"prior,omitempty"`

	// What Samples and Reconstructions draw, and the images that were reconstructed,
	// one a row.
	Sampled, Reconstructed, Probed kernels.Matrix `json:"-"`
}

// Angle is how far targetprop's estimate points away from the exact gradient, in a
// layer.
type Angle struct {
	Layer   int     `json:"layer"`
	Start   float64 `json:"start"` // where INFERENCE starts, in degrees
	End     float64 `json:"end"`   // where it ends
	Ratio   float64 `json:"ratio"` // of the norms, where it starts
	Defined bool    `json:"defined"`
}

// Prior is p(h[M]), or several by class.
type Prior struct {
	Mean [][]float32 `json:"mean"`
	Std  [][]float32 `json:"std"`
}

// Make looks at a network. It changes nothing. Without finite numbers to show, a
// frame lacks what depends on them.
func Make(ctx context.Context, e *kernels.Engine, look task.Look, a Amounts) (Frame, error) {
	size := Size{look.Probe.Height, look.Probe.Width}
	var f Frame
	switch {
	case look.Images != nil:
		err := f.images(ctx, e, look, a, size)
		return f, err
	case look.Labelled != nil:
		err := f.labelled(ctx, e, look, a, size)
		return f, err
	case look.Feedforward != nil:
		f.Fields = []Field{inField("f1", look.Feedforward.Maps[0], size)}
	}
	return f, nil
}

// images looks at a generative model.
func (f *Frame) images(ctx context.Context, e *kernels.Engine, look task.Look, a Amounts, size Size) error {
	alone := *look.Images // other processes of its group know nothing of this
	n := &alone
	n.Group = nil
	start, end := f.infer(e, n, data.First(look.Probe, min(a.Probes, look.Probe.Len())), look.Inference)
	f.layers(e, n, start, end, size, look.Probe.Scale)
	top := end.H[len(end.H)-1]
	n.Prior.Mean, n.Prior.Std = moments(top)
	f.Prior = &Prior{[][]float32{n.Prior.Mean}, [][]float32{n.Prior.Std}}
	sampling := model.DefaultSampling()
	sampling.Seed = look.Seed
	m, err := n.Generate(ctx, e, a.Samples, sampling, nil)
	switch {
	case errors.Is(err, model.ErrDiverged):
		return nil // there are no samples to see, and training will say why
	case err != nil:
		return err
	}
	show(look.Probe.Scale, m)
	f.Sampled, f.Samples = m, NewSheet(m, size)
	return nil
}

// labelled looks at a generative model with labels.
func (f *Frame) labelled(ctx context.Context, e *kernels.Engine, look task.Look, a Amounts, size Size) error {
	n := *look.Labelled
	probes := ofEachClass(look.Probe, a.Probes, n.Config.Classes)
	// The states on which it classifies are those where INFERENCE starts.
	start, end := f.infer(e, n.Images, probes.Matrix, model.Inference{})
	f.layers(e, n.Images, start, end, size, look.Probe.Scale)
	err := n.EstimatePriors(ctx, e, labelled.Examples{Data: model.Rows{Matrix: probes.Matrix}, Labels: probes.labels}, labelled.Inference{}, nil)
	if err != nil {
		return nil // a class without a probe: there are no samples to see
	}
	f.Prior = &Prior{}
	for _, p := range n.Priors {
		f.Prior.Mean, f.Prior.Std = append(f.Prior.Mean, p.Mean), append(f.Prior.Std, p.Std)
	}
	sampling := labelled.DefaultSampling()
	sampling.Seed = look.Seed
	classes := make([]int, a.Samples/n.Config.Classes*n.Config.Classes)
	if len(classes) == 0 {
		classes = make([]int, a.Samples)
	}
	for i := range classes {
		classes[i] = i % n.Config.Classes
	}
	m, err := n.Generate(ctx, e, classes, sampling, nil)
	if err != nil {
		return err
	}
	show(look.Probe.Scale, m)
	f.Sampled, f.Samples = m, NewSheet(m, size)
	return nil
}

// infer is the states of images where INFERENCE starts and where it ends.
func (f *Frame) infer(e *kernels.Engine, n *model.Network, images kernels.Matrix, settings model.Inference) (start, end *model.States) {
	start, end = n.NewStates(images.Rows), n.NewStates(images.Rows)
	for i := range images.Rows {
		copy(start.H[0].Row(i), images.Row(i))
		copy(end.H[0].Row(i), images.Row(i))
	}
	n.Start(e, start)
	n.Infer(e, end, settings)
	return start, end
}

// layers shows the states, their angles, and the maps next to the pixels.
func (f *Frame) layers(e *kernels.Engine, n *model.Network, start, s *model.States, size Size, scale *dataset.Scale) {
	angles := measure.StatesAgreement(e, n, start, s)
	for i, a := range angles[0] {
		angle := Angle{Layer: a.Layer, Start: stat.Degrees(a.Cosine), End: stat.Degrees(angles[1][i].Cosine), Ratio: a.Ratio}
		if !finite(angle.Start, angle.End, angle.Ratio) {
			angle = Angle{Layer: a.Layer}
		} else {
			angle.Defined = true
		}
		f.Angles = append(f.Angles, angle)
	}
	for l := 1; l < len(s.H); l++ {
		f.States = append(f.States, newHistogram(l, s.H[l]))
	}
	shown := min(shownProbes, s.H[0].Rows)
	f.Probed, f.Reconstructed = s.H[0].Slice(0, shown), s.Prediction[1].Slice(0, shown)
	show(scale, f.Probed)
	show(scale, f.Reconstructed)
	f.Reconstructions = NewSheet(f.Reconstructed, size)
	f.Fields = []Field{inField("f1", n.Encoders[0], size), outField("g1", n.Decoders[0], size)}
}

func finite(values ...float64) bool {
	for _, v := range values {
		if v-v != 0 {
			return false
		}
	}
	return true
}

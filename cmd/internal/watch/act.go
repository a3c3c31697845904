package watch

import (
	"context"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

// action does something with a model. It calls send with each answer.
type action func(p *player, ctx context.Context, e *kernels.Engine, r request, send func(reply) error) error

// actions are what the page can ask for.
var actions = map[string]action{
	"model": (*player).describe, "fill": (*player).fill, "sample": (*player).sample,
	"walk": (*player).walk, "top": (*player).top, "answer": (*player).answer,
}

// generative refuses what needs a model that draws.
func (p *player) generative() error {
	if p.images == nil {
		return badf("the model classifies, and draws nothing")
	}
	return nil
}

// fill fills in the missing pixels, and answers after each round.
func (p *player) fill(ctx context.Context, e *kernels.Engine, r request, send func(reply) error) error {
	if err := p.generative(); err != nil {
		return err
	}
	image, err := p.image(r.Pixels)
	switch {
	case err != nil:
		return err
	case len(r.Missing) != p.height*p.width:
		return badf("a mask of %d pixels for a model of %d", len(r.Missing), p.height*p.width)
	case r.Rounds < 1 || r.Rounds > mostRounds:
		return badf("%d rounds: want 1 to %d", r.Rounds, mostRounds)
	}
	missing := make(mask.Mask, len(r.Missing))
	for j, v := range r.Missing {
		missing[j] = v != 0
	}
	masks := mask.OfChannels([]mask.Mask{missing}, p.channels)
	show := func(_, round int, now kernels.Matrix) error {
		answer, err := p.classify(ctx, e, now)
		if err != nil {
			return err
		}
		pixels, err := p.pixelsOf(now)
		if err != nil {
			return err
		}
		return send(reply{Round: round, Count: 1, Pixels: pixels, Answer: answer})
	}
	if p.labels != nil {
		s := labelled.DefaultFilling()
		s.Seed, s.Rounds = r.Seed, r.Rounds
		return p.labels.FillRounds(ctx, e, image, masks, nil, s, show)
	}
	s := model.DefaultFilling()
	s.Seed, s.Rounds = r.Seed, r.Rounds
	return p.images.FillRounds(ctx, e, image, masks, s, show)
}

// sample draws images.
func (p *player) sample(ctx context.Context, e *kernels.Engine, r request, send func(reply) error) error {
	if err := p.generative(); err != nil {
		return err
	}
	switch {
	case r.Count < 1 || r.Count > mostImages:
		return badf("%d samples: want 1 to %d", r.Count, mostImages)
	case !(r.Scale >= 0 && r.Scale <= 100):
		return badf("a prior scale of %v: want 0 to 100", r.Scale)
	case r.Rounds < 0 || r.Rounds > mostRounds:
		return badf("%d rounds: want 0 to %d", r.Rounds, mostRounds)
	}
	var m kernels.Matrix
	var err error
	if p.labels == nil {
		s := model.DefaultSampling()
		s.Seed, s.Rounds = r.Seed, r.Rounds
		if r.Scale > 0 {
			s.PriorScale = r.Scale
		}
		m, err = p.images.Generate(ctx, e, r.Count, s, nil)
	} else {
		s := labelled.DefaultSampling()
		s.Seed, s.Rounds = r.Seed, r.Rounds
		if r.Scale > 0 {
			s.PriorScale = r.Scale
		}
		var classes []int
		if classes, err = p.labels.DrawClasses(r.Count, s.Seed); err != nil {
			return err
		}
		if r.Class >= 0 {
			for i := range classes {
				classes[i] = r.Class
			}
		}
		m, err = p.labels.Generate(ctx, e, classes, s, nil)
	}
	if err != nil {
		return err
	}
	pixels, err := p.pixelsOf(m)
	if err != nil {
		return err
	}
	return send(reply{Count: m.Rows, Pixels: pixels})
}

// encode is the top layer's states of images.
func (p *player) encode(e *kernels.Engine, images ...kernels.Matrix) kernels.Matrix {
	s := p.images.NewStates(len(images))
	for i, image := range images {
		copy(s.H[0].Row(i), image.Row(0))
	}
	p.images.Infer(e, s, p.inference)
	return s.H[len(s.H)-1]
}

// decode is the images of states of the top layer: the means down.
func (p *player) decode(e *kernels.Engine, top kernels.Matrix) kernels.Matrix {
	h := top
	for l := p.images.Config.Latents(); l >= 1; l-- {
		below := kernels.NewMatrix(h.Rows, p.images.Config.Sizes[l-1])
		p.images.Decode(e, below, l, h)
		h = below
	}
	return h
}

// walk goes from one image to another in even steps of the top layer.
func (p *player) walk(_ context.Context, e *kernels.Engine, r request, send func(reply) error) error {
	if err := p.generative(); err != nil {
		return err
	}
	from, err := p.image(r.Pixels)
	if err != nil {
		return err
	}
	to, err := p.image(r.To)
	if err != nil {
		return err
	}
	if r.Count < 2 || r.Count > mostImages {
		return badf("%d steps: want 2 to %d", r.Count, mostImages)
	}
	ends := p.encode(e, from, to)
	path := kernels.NewMatrix(r.Count, ends.Cols)
	for i := range path.Rows {
		t := float32(i) / float32(path.Rows-1)
		for j, a := range ends.Row(0) {
			path.Row(i)[j] = a + float32(t*(ends.Row(1)[j]-a))
		}
	}
	pixels, err := p.pixelsOf(p.decode(e, path))
	if err != nil {
		return err
	}
	return send(reply{Count: path.Rows, Pixels: pixels})
}

// top draws the image of states of the top layer: those given, or those of an image.
func (p *player) top(_ context.Context, e *kernels.Engine, r request, send func(reply) error) error {
	if err := p.generative(); err != nil {
		return err
	}
	units := p.images.Config.Sizes[p.images.Config.Latents()]
	top := kernels.NewMatrix(1, units)
	switch {
	case len(r.Values) == units:
		for j, v := range r.Values {
			if v-v != 0 {
				return badf("state %d is no number", j)
			}
			top.Row(0)[j] = v
		}
	case len(r.Values) > 0:
		return badf("%d states for %d top units", len(r.Values), units)
	default:
		image, err := p.image(r.Pixels)
		if err != nil {
			return err
		}
		top = p.encode(e, image)
	}
	pixels, err := p.pixelsOf(p.decode(e, top))
	if err != nil {
		return err
	}
	if !data.Finite(top) {
		return errNotFinite
	}
	return send(reply{Count: 1, Pixels: pixels, Values: top.Row(0)})
}

// answer is what a model that knows classes takes an image for.
func (p *player) answer(ctx context.Context, e *kernels.Engine, r request, send func(reply) error) error {
	image, err := p.image(r.Pixels)
	if err != nil {
		return err
	}
	answer, err := p.classify(ctx, e, image)
	if err != nil {
		return err
	}
	return send(reply{Answer: answer})
}

// classify is the probabilities of the classes of an image, or nil.
func (p *player) classify(ctx context.Context, e *kernels.Engine, image kernels.Matrix) ([]float32, error) {
	var y kernels.Matrix
	var err error
	switch {
	case p.labels != nil:
		y, err = p.labels.Classify(ctx, e, model.Rows{Matrix: image}, labelled.ClassifyInference(), nil)
	case p.classifier != nil:
		y, err = p.classifier.Predict(ctx, e, model.Rows{Matrix: image}, nil)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return y.Row(0), nil
}

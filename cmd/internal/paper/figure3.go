package paper

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// figure3Settings are the samples shown.
type figure3Settings struct {
	Samples            int
	Generate, Directed model.Sampling
}

// figure3Parts draw samples.
func figure3Parts(c *experiment.Context) []experiment.Part {
	s := figure3Settings{Samples: 100, Generate: model.DefaultSampling(), Directed: model.DirectedSampling()}
	s.Generate.Seed, s.Directed.Seed = c.Seed(), c.Seed()
	return []experiment.Part{{
		Name: "figure3", Network: 0, Settings: s, Work: s.Samples * (s.Generate.Rounds + 1),
		Command: cli.CommandLine("sample", "--model", c.Networks[0].Dir.Model(), "--seed", fmt.Sprint(s.Generate.Seed), "--out", "samples.png"),
		Run: func(ctx context.Context, _ func(float64)) (experiment.Outcome, error) {
			o := experiment.Outcome{Files: map[string][]byte{}, Result: struct{}{}}
			// In one order: the processes of a group draw together.
			for _, row := range []struct {
				file     string
				sampling model.Sampling
			}{{"generate.png", s.Generate}, {"directed.png", s.Directed}} {
				m, err := c.Networks[0].Model.Generate(ctx, c.Engine, s.Samples, row.sampling, nil)
				if err != nil {
					return o, err
				}
				if o.Files[row.file], err = squarePicture(ctx, c, m); err != nil {
					return o, err
				}
			}
			train := measure.Sample(c.Set.Train, s.Samples, c.Seed())
			var err error
			o.Files["training.png"], err = squarePicture(ctx, c, train)
			return o, err
		},
	}}
}

// squarePicture shows images in a square.
func squarePicture(ctx context.Context, c *experiment.Context, m kernels.Matrix) ([]byte, error) {
	height, width := c.Set.Test.Height, c.Set.Test.Width
	return picture.Grid{Height: height, Width: width, Scale: max(1, picture.Scale(height, width)-1), Lines: picture.Square(m, height, width)}.PNG(ctx)
}

func figure3Section(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "Figure 3: samples"}
	var settings figure3Settings
	rec, ok := kept.Decode("figure3", nil, &settings)
	if !ok {
		return s, false
	}
	s.Add(
		rec.Figure("generate.png", "", fmt.Sprintf("%d samples of GENERATE: top layer from the prior with its standard deviation x %g, means down, then %d rounds of INFERENCE (%d iterations, delta %g, alpha %g). The means of the pixels are shown.",
			settings.Samples, settings.Generate.PriorScale, settings.Generate.Rounds, settings.Generate.Inference.Iterations, settings.Generate.Inference.Delta, settings.Generate.Inference.Alpha)),
		rec.Figure("directed.png", "", "The same draws from the prior, sent down once: directed samples."),
		rec.Figure("training.png", "", "For comparison, random training images."))
	return s, true
}

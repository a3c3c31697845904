package main

import (
	"context"
	"fmt"

	doc "github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// figure3Settings are the samples shown.
type figure3Settings struct {
	Samples            int
	Generate, Directed model.Sampling
}

// partFigure3 draws samples.
func (r *reproduction) partFigure3() part {
	s := figure3Settings{Samples: 100, Generate: model.DefaultSampling(), Directed: model.DirectedSampling()}
	s.Generate.Seed, s.Directed.Seed = r.options.training.Seed, r.options.training.Seed
	return part{
		name: "figure3", group: groupFigure3, seed: 0, settings: s, work: s.Samples * (s.Generate.Rounds + 1),
		command: commandLine("sample", "--model", r.seeds[0].dir.model(), "--seed", fmt.Sprint(s.Generate.Seed), "--out", "samples.png"),
		run: func(ctx context.Context, _ func(float64)) (outcome, error) {
			o := outcome{files: map[string][]byte{}, result: struct{}{}}
			for name, sampling := range map[string]model.Sampling{"generate.png": s.Generate, "directed.png": s.Directed} {
				m, err := r.seeds[0].network.Generate(ctx, r.engine, s.Samples, sampling, nil)
				if err != nil {
					return o, err
				}
				if o.files[name], err = r.squarePicture(m); err != nil {
					return o, err
				}
			}
			train := measure.Sample(images{r.set.Train}, s.Samples, r.options.training.Seed)
			var err error
			o.files["training.png"], err = r.squarePicture(train)
			return o, err
		},
	}
}

// squarePicture shows images in a square.
func (r *reproduction) squarePicture(m kernels.Matrix) ([]byte, error) {
	p := doc.Picture{Height: r.set.Test.Height, Width: r.set.Test.Width, Scale: max(1, pictureScale(r.set.Test.Width)-1)}
	columns := gridColumns(m.Rows, p.Height, p.Width)
	for first := 0; first < m.Rows; first += columns {
		var line doc.PictureLine
		for i := first; i < min(first+columns, m.Rows); i++ {
			line.Images = append(line.Images, m.Row(i))
		}
		p.Lines = append(p.Lines, line)
	}
	return p.PNG()
}

func (r *reproduction) sectionFigure3() (doc.Section, bool) {
	s := doc.Section{ID: groupFigure3, Title: "Figure 3: samples"}
	rec, ok := r.records["figure3"]
	var settings figure3Settings
	if !ok || decodeSettings(rec, &settings) != nil {
		return s, false
	}
	s.Add(
		rec.figure("generate.png", "", fmt.Sprintf("%d samples of GENERATE: top layer from the prior with its standard deviation x %g, means down, then %d rounds of INFERENCE (%d iterations, delta %g, alpha %g). The means of the pixels are shown.",
			settings.Samples, settings.Generate.PriorScale, settings.Generate.Rounds, settings.Generate.Inference.Iterations, settings.Generate.Inference.Delta, settings.Generate.Inference.Alpha)),
		rec.figure("directed.png", "", "The same draws from the prior, sent down once: directed samples."),
		rec.figure("training.png", "", "For comparison, random training images."))
	return s, true
}

package main

import (
	"context"
	"fmt"

	doc "github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/chain"
)

// chainSettings are the strips.
type chainSettings struct {
	Seed     uint64
	Strips   int // from each start
	Steps    int
	Generate model.Sampling
	Joint    chain.Walking
	Latent   chain.Walking
}

// chainResult is how far the chains move.
type chainResult struct {
	Rows []chainRow `json:"rows"`
}

type chainRow struct {
	Sampler string  `json:"sampler"`
	Start   string  `json:"start"`
	Step    float64 `json:"mean_distance_per_shown_step"`
	Way     float64 `json:"mean_distance_from_the_start"`
}

// shownEvery is the number of steps between images of a strip: of the joint
// chain every second step belongs to one walk.
const shownEvery = 2

// stripSteps is the length of the chains in the strips.
const stripSteps = 20

// partChains lets chains walk.
func (r *reproduction) partChains() part {
	s := chainSettings{Seed: r.options.training.Seed, Strips: 3, Steps: stripSteps, Generate: model.DefaultSampling(),
		Joint: r.walking(chain.Joint), Latent: r.walking(chain.Latent)}
	s.Generate.Seed = s.Seed
	s.Joint.Paths, s.Latent.Paths = s.Strips, s.Strips
	s.Joint.Steps, s.Latent.Steps = s.Steps, s.Steps
	return part{
		name: "chains", group: groupChains, seed: 0, settings: s, work: 3 * s.Strips * s.Steps,
		command: r.partCommand(groupChains),
		run: func(ctx context.Context, _ func(float64)) (outcome, error) {
			return r.runChains(ctx, s)
		},
	}
}

// walking are the settings of a chain: the noise is that of the training.
func (r *reproduction) walking(c chain.Kind) chain.Walking {
	w := chain.DefaultWalking(c)
	w.Seed, w.Steps, w.Corruption = r.options.training.Seed, r.amounts.steps, r.options.training.Corruption()
	return w
}

func (r *reproduction) runChains(ctx context.Context, s chainSettings) (outcome, error) {
	network := r.seeds[0].network
	o := outcome{files: map[string][]byte{}}
	var result chainResult

	// GENERATE is a chain of few steps: each number of rounds is one.
	paths := make([]kernels.Matrix, s.Strips)
	for i := range paths {
		paths[i] = kernels.NewMatrix(s.Generate.Rounds+1, r.set.Test.Dim())
	}
	for round := range s.Generate.Rounds + 1 {
		sampling := s.Generate
		sampling.Rounds = round
		m, err := network.Generate(ctx, r.engine, s.Strips, sampling, nil)
		if err != nil {
			return o, err
		}
		for i := range paths {
			copy(paths[i].Row(round), m.Row(i))
		}
	}
	prior := kernels.NewMatrix(s.Strips, r.set.Test.Dim())
	for i := range paths {
		copy(prior.Row(i), paths[i].Row(0))
	}
	strips := []strip{{"prior", paths}}
	result.add("generate", strips, 1)
	var err error
	if o.files["generate.png"], err = r.strips(strips, 1); err != nil {
		return o, err
	}
	test := kernels.NewMatrix(s.Strips, r.set.Test.Dim())
	for i := range s.Strips {
		images{r.set.Test}.Read(i, test.Row(i))
	}
	for _, walking := range []chain.Walking{s.Joint, s.Latent} {
		strips = nil
		for _, start := range []struct {
			name string
			x    kernels.Matrix
		}{{"prior", prior}, {"noise", chain.Uniform(s.Strips, prior.Cols, s.Seed)}, {"image", test}} {
			walk, err := chain.Walk(ctx, r.engine, network, start.x, walking, nil)
			if err != nil {
				return o, err
			}
			strips = append(strips, strip{start.name, walk.Paths})
		}
		result.add(walking.Chain.String(), strips, shownEvery)
		if o.files[walking.Chain.String()+".png"], err = r.strips(strips, shownEvery); err != nil {
			return o, err
		}
	}
	o.result = result
	return o, nil
}

// strip is the paths of chains from one kind of start.
type strip struct {
	start string
	paths []kernels.Matrix // a row for each step
}

// strips shows a line for each path, and every so many steps of it.
func (r *reproduction) strips(all []strip, every int) ([]byte, error) {
	p := doc.Picture{Height: r.set.Test.Height, Width: r.set.Test.Width, Scale: pictureScale(r.set.Test.Width)}
	for step := 0; step < all[0].paths[0].Rows; step += every {
		p.Columns = append(p.Columns, fmt.Sprint(step))
	}
	for _, s := range all {
		for _, path := range s.paths {
			line := doc.PictureLine{Name: s.start}
			for step := 0; step < path.Rows; step += every {
				line.Images = append(line.Images, path.Row(step))
			}
			p.Lines = append(p.Lines, line)
		}
	}
	return p.PNG()
}

// add measures how far the chains move.
func (c *chainResult) add(sampler string, all []strip, every int) {
	for _, s := range all {
		row := chainRow{Sampler: sampler, Start: s.start}
		steps := 0
		for _, path := range s.paths {
			last := 0
			for step := every; step < path.Rows; step += every {
				row.Step += distance(path.Row(step-every), path.Row(step))
				steps++
				last = step
			}
			row.Way += distance(path.Row(0), path.Row(last)) / float64(len(s.paths))
		}
		row.Step /= float64(max(steps, 1))
		c.Rows = append(c.Rows, row)
	}
}

func (r *reproduction) sectionChains() (doc.Section, bool) {
	s := doc.Section{ID: groupChains, Title: "Chains at work"}
	rec, ok := r.records["chains"]
	var settings chainSettings
	var result chainResult
	if !ok || rec.decode(&result) != nil || decodeSettings(rec, &settings) != nil {
		return s, false
	}
	s.Add(doc.Paragraph("Each line is one chain; the number above is the step. Chains start at directed samples (prior), at uniform noise, or at test images. Directed samples are drawn one by one and have no chain. Shown are the means of the pixels."),
		rec.figure("generate.png", "", "GENERATE: the directed sample, and the image after each round of INFERENCE and back down."),
		rec.figure("joint.png", "", fmt.Sprintf("Joint denoising auto-encoder chain over (x,h), every second step: each layer is rebuilt from its corrupted neighbours of the step before, a middle layer from above with probability 1/2 and else from below (noise %g up, %g down, mean of %d Bernoulli draws of sigmoid layers).",
			settings.Joint.Corruption.UpNoise, settings.Joint.Corruption.DownNoise, settings.Joint.Corruption.Draws)),
		rec.figure("latent.png", "", fmt.Sprintf("Latent variables as corruption, every second step: INFERENCE given x (alpha %g) and a draw from p(x|h) with a standard deviation of %g.", settings.Latent.Inference.Alpha, settings.Latent.VisibleStd)))
	t := doc.Table{Caption: fmt.Sprintf("How far chains move: mean Euclidean distance in pixel space from one shown image to the next, and from the start to the last; %d chains each.", settings.Strips), Header: []string{"sampler", "start", "between shown images", "from the start"}, Text: []int{1}}
	for _, row := range result.Rows {
		t.Rows = append(t.Rows, []string{row.Sampler, row.Start, fmt.Sprintf("%.2f", row.Step), fmt.Sprintf("%.2f", row.Way)})
	}
	s.Add(t)
	return s, true
}

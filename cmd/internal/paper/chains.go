package paper

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/internal/report"
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

// chainsParts let chains walk.
func chainsParts(c *experiment.Context) []experiment.Part {
	s := chainSettings{Seed: c.Seed(), Strips: 3, Steps: stripSteps, Generate: model.DefaultSampling(),
		Joint: c.Walking(chain.Joint), Latent: c.Walking(chain.Latent)}
	s.Generate.Seed = s.Seed
	s.Joint.Paths, s.Latent.Paths = s.Strips, s.Strips
	s.Joint.Steps, s.Latent.Steps = s.Steps, s.Steps
	return []experiment.Part{{
		Name: "chains", Network: 0, Settings: s, Work: 3 * s.Strips * s.Steps,
		Run: func(ctx context.Context, _ func(float64)) (experiment.Outcome, error) {
			return runChains(ctx, c, s)
		},
	}}
}

func runChains(ctx context.Context, c *experiment.Context, s chainSettings) (experiment.Outcome, error) {
	network := c.Networks[0].Model
	o := experiment.Outcome{Files: map[string][]byte{}}
	var result chainResult

	// GENERATE is a chain of few steps: each number of rounds is one.
	paths := make([]kernels.Matrix, s.Strips)
	for i := range paths {
		paths[i] = kernels.NewMatrix(s.Generate.Rounds+1, c.Set.Test.Dim())
	}
	for round := range s.Generate.Rounds + 1 {
		sampling := s.Generate
		sampling.Rounds = round
		m, err := network.Generate(ctx, c.Engine, s.Strips, sampling, nil)
		if err != nil {
			return o, err
		}
		for i := range paths {
			copy(paths[i].Row(round), m.Row(i))
		}
	}
	prior := kernels.NewMatrix(s.Strips, c.Set.Test.Dim())
	for i := range paths {
		copy(prior.Row(i), paths[i].Row(0))
	}
	strips := []strip{{"prior", paths}}
	result.add("generate", strips, 1)
	var err error
	if o.Files["generate.png"], err = drawStrips(ctx, c, strips, 1); err != nil {
		return o, err
	}
	test := data.First(c.Set.Test, s.Strips)
	for _, walking := range []chain.Walking{s.Joint, s.Latent} {
		strips = nil
		for _, start := range []struct {
			name string
			x    kernels.Matrix
		}{{"prior", prior}, {"noise", chain.Uniform(s.Strips, prior.Cols, s.Seed)}, {"image", test}} {
			walk, err := chain.Walk(ctx, c.Engine, network, start.x, walking, nil)
			if err != nil {
				return o, err
			}
			strips = append(strips, strip{start.name, walk.Paths})
		}
		result.add(walking.Chain.String(), strips, shownEvery)
		if o.Files[walking.Chain.String()+".png"], err = drawStrips(ctx, c, strips, shownEvery); err != nil {
			return o, err
		}
	}
	o.Result = result
	return o, nil
}

// strip is the paths of chains from one kind of start.
type strip struct {
	start string
	paths []kernels.Matrix // a row for each step
}

// drawStrips shows a line for each path, and every so many steps of it.
func drawStrips(ctx context.Context, c *experiment.Context, all []strip, every int) ([]byte, error) {
	p := picture.Grid{Height: c.Set.Test.Height, Width: c.Set.Test.Width, Scale: picture.Scale(c.Set.Test.Height, c.Set.Test.Width)}
	for step := 0; step < all[0].paths[0].Rows; step += every {
		p.Columns = append(p.Columns, fmt.Sprint(step))
	}
	for _, s := range all {
		for _, path := range s.paths {
			line := picture.Line{Name: s.start}
			for step := 0; step < path.Rows; step += every {
				line.Images = append(line.Images, path.Row(step))
			}
			p.Lines = append(p.Lines, line)
		}
	}
	return p.PNG(ctx)
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

// distance is the Euclidean distance of two images.
func distance(a, b []float32) float64 {
	var square float64
	for j, v := range a {
		d := float64(v) - float64(b[j])
		square += float64(d * d)
	}
	return math.Sqrt(square)
}

func chainsSection(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "Chains at work"}
	var settings chainSettings
	var result chainResult
	rec, ok := kept.Decode("chains", &result, &settings)
	if !ok {
		return s, false
	}
	s.Add(report.Paragraph("Each line is one chain; the number above is the step. Chains start at directed samples (prior), at uniform noise, or at test images. Directed samples are drawn one by one and have no chain. Shown are the means of the pixels."),
		rec.Figure("generate.png", "", "GENERATE: the directed sample, and the image after each round of INFERENCE and back down."),
		rec.Figure("joint.png", "", fmt.Sprintf("Joint denoising auto-encoder chain over (x,h), every second step: each layer is rebuilt from its corrupted neighbours of the step before, a middle layer from above with probability 1/2 and else from below (noise %g up, %g down, mean of %d Bernoulli draws of sigmoid layers).",
			settings.Joint.Corruption.UpNoise, settings.Joint.Corruption.DownNoise, settings.Joint.Corruption.Draws)),
		rec.Figure("latent.png", "", fmt.Sprintf("Latent variables as corruption, every second step: INFERENCE given x (alpha %g) and a draw from p(x|h) with a standard deviation of %g.", settings.Latent.Inference.Alpha, settings.Latent.VisibleStd)))
	t := report.Table{Caption: fmt.Sprintf("How far chains move: mean Euclidean distance in pixel space from one shown image to the next, and from the start to the last; %d chains each.", settings.Strips), Header: []string{"sampler", "start", "between shown images", "from the start"}, Text: []int{1}}
	for _, row := range result.Rows {
		t.Rows = append(t.Rows, []string{row.Sampler, row.Start, fmt.Sprintf("%.2f", row.Step), fmt.Sprintf("%.2f", row.Way)})
	}
	s.Add(t)
	return s, true
}

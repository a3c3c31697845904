package paper

import (
	"context"
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/fill"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/mask"
)

// figure5Settings are the masks.
type figure5Settings struct {
	Images  int
	Rate    float64
	Masks   []string
	Filling model.Filling
}

// figure5Result has a row of errors for each mask.
type figure5Result struct {
	Masks []figure5Mask `json:"masks"`
}

type figure5Mask struct {
	Mask    string     `json:"mask"`
	Missing float64    `json:"missing_pixels"`
	Rows    []fill.Row `json:"rows"`
}

// better tells whether the model's error is below another's by more than two
// standard errors of both.
func (m figure5Mask) better(than string) bool {
	a, b := m.row(fill.ByModel), m.row(than)
	both := a.StdErr + b.StdErr
	return both > 0 && a.Error+float64(2*both) < b.Error // images that are all the same tell nothing
}

func (m figure5Mask) row(name string) fill.Row {
	for _, row := range m.Rows {
		if row.Name == name {
			return row
		}
	}
	return fill.Row{}
}

const shownFills = 5 // images in Figure 5 for each mask

// figure5Parts fill in missing pixels.
func figure5Parts(c *experiment.Context) []experiment.Part {
	s := figure5Settings{Images: c.Amounts.Fill, Rate: 0.5, Filling: model.DefaultFilling()}
	s.Filling.Seed = c.Seed()
	// The upper half of an image of one line has no pixel.
	for _, name := range []string{fill.MaskPixels, "left", "top", fill.MaskSquare} {
		if _, err := (fill.Mask{Name: name, Rate: s.Rate}).Masks(1, c.Set.Test.Width, c.Set.Test.Height, s.Filling.Seed); err == nil || name == fill.MaskPixels {
			s.Masks = append(s.Masks, name)
		}
	}
	return []experiment.Part{{
		Name: "figure5", Network: 0, Settings: s, Work: s.Images * s.Filling.Rounds * len(s.Masks),
		Command: cli.CommandLine("fill", "--model", c.Networks[0].Dir.Model(), "--data", c.Source, "--mask", "MASK", "--n", fmt.Sprint(s.Images), "--seed", fmt.Sprint(s.Filling.Seed), "--out", "filled.png"),
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			var result figure5Result
			height, width := c.Set.Test.Height, c.Set.Test.Width
			grid := fill.NewGrid(min(shownFills, s.Images), height, width)
			for i, name := range s.Masks {
				masks, err := fill.Mask{Name: name, Rate: s.Rate}.Masks(s.Images, width, height, s.Filling.Seed)
				if err != nil {
					return experiment.Outcome{}, err
				}
				masks = mask.OfChannels(masks, c.Set.Test.Depth())
				f, err := fill.Fill(ctx, c.Engine, fill.By(c.Networks[0].Model, s.Filling), c.Set, s.Images, masks, func(done int) {
					progress((float64(i) + float64(done)/float64(s.Images*s.Filling.Rounds)) / float64(len(s.Masks)))
				})
				if err != nil {
					return experiment.Outcome{}, err
				}
				line := picture.Line{Name: name}
				for j := range min(shownFills, s.Images) {
					line.Images = append(line.Images, f.Triple(j)...)
				}
				grid.Lines = append(grid.Lines, line)
				result.Masks = append(result.Masks, figure5Mask{name, f.Missing / float64(c.Set.Test.Depth()), f.Rows})
			}
			png, err := grid.PNG(ctx)
			return experiment.Outcome{Result: result, Files: map[string][]byte{"filled.png": png}}, err
		},
	}}
}

func figure5Section(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "Figure 5: filling in missing pixels"}
	var f figure5Result
	var settings figure5Settings
	rec, ok := kept.Decode("figure5", &f, &settings)
	if !ok {
		return s, false
	}
	s.Add(rec.Figure("filled.png", "", fmt.Sprintf("Test images, the first %d: original, start (missing pixels are noise) and result after %d rounds, for masks that hide each pixel with probability %g, the left half, the upper half, and a square of half the height in the middle.",
		shownFills, settings.Filling.Rounds, settings.Rate)))
	t := report.Table{
		Caption: fmt.Sprintf("Mean squared error of the missing pixels (pixels run from 0 to 1) +- its standard error, over the first %d test images. Baselines: each missing pixel's mean over the training images, and the pixels of the training image that is nearest on the visible ones.", settings.Images),
		Header:  []string{"mask", "pixels missing", "model", "mean of each pixel", "nearest neighbour"},
	}
	for _, m := range f.Masks {
		row := []string{m.Mask, fmt.Sprintf("%.0f", m.Missing)}
		for _, name := range []string{fill.ByModel, fill.ByMean, fill.ByNearest} {
			e := m.row(name)
			row = append(row, fmt.Sprintf("%.4f +- %.4f", e.Error, e.StdErr))
		}
		t.Rows = append(t.Rows, row)
	}
	s.Add(t)
	return s, true
}

// figure5Claim judges filling in by the baselines.
func figure5Claim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	claim := experiment.Claim{
		Claim:     "The model fills in missing pixels (Figure 5).",
		Criterion: "For every mask, the squared error of the missing pixels is below that of the missing pixels' means, by more than 2 standard errors of both. The nearest-neighbour fill is a second bar, reported but not asked for.",
	}
	var f figure5Result
	if _, ok := kept.Decode("figure5", &f, nil); !ok {
		return claim, false
	}
	var good, bad, measured []string
	for _, m := range f.Masks {
		if m.better(fill.ByMean) {
			good = append(good, m.Mask)
		} else {
			bad = append(bad, m.Mask)
		}
		beside := "not better"
		if m.better(fill.ByNearest) {
			beside = "better"
		}
		measured = append(measured, fmt.Sprintf("%s: model %.4f, means %.4f, nearest neighbour %.4f (the model is %s)", m.Mask, m.row(fill.ByModel).Error, m.row(fill.ByMean).Error, m.row(fill.ByNearest).Error, beside))
	}
	claim.Measured = strings.Join(measured, "; ") + "."
	claim.Judge(len(bad) == 0, len(good) > 0, "for "+strings.Join(good, ", ")+", not for "+strings.Join(bad, ", "))
	return claim, true
}

package main

import (
	"context"
	"fmt"
	"strings"

	doc "github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model"
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
	Mask    string    `json:"mask"`
	Missing float64   `json:"missing_pixels"`
	Rows    []fillRow `json:"rows"`
}

// better tells whether the model's error is below another's by more than two
// standard errors of both.
func (m figure5Mask) better(than string) bool {
	a, b := m.row(fillModel), m.row(than)
	return a.Error+2*(a.StdErr+b.StdErr) < b.Error
}

func (m figure5Mask) row(name string) fillRow {
	for _, row := range m.Rows {
		if row.Name == name {
			return row
		}
	}
	return fillRow{}
}

const shownFills = 5 // images in Figure 5 for each mask

// partFigure5 fills in missing pixels.
func (r *reproduction) partFigure5() part {
	s := figure5Settings{Images: r.amounts.fill, Rate: 0.5, Masks: []string{maskPixels, "left", "top", maskSquare}, Filling: model.DefaultFilling()}
	s.Filling.Seed = r.options.training.Seed
	return part{
		name: "figure5", group: groupFigure5, seed: 0, settings: s, work: s.Images * s.Filling.Rounds * len(s.Masks),
		command: commandLine("fill", "--model", r.seeds[0].dir.model(), "--data", r.options.data, "--mask", "MASK", "--n", fmt.Sprint(s.Images), "--seed", fmt.Sprint(s.Filling.Seed), "--out", "filled.png"),
		run: func(ctx context.Context, progress func(float64)) (outcome, error) {
			var result figure5Result
			height, width := r.set.Test.Height, r.set.Test.Width
			picture := doc.Picture{Height: height, Width: width, Scale: pictureScale(width), Group: 3}
			for range min(shownFills, s.Images) {
				picture.Columns = append(picture.Columns, "original", "start", "result")
			}
			for i, name := range s.Masks {
				masks, err := maskOptions{name: name, rate: s.Rate}.masks(s.Images, width, height, s.Filling.Seed)
				if err != nil {
					return outcome{}, err
				}
				f, err := fillImages(ctx, r.engine, r.seeds[0].network, r.set, s.Images, masks, s.Filling, func(done int) {
					progress((float64(i) + float64(done)/float64(s.Images*s.Filling.Rounds)) / float64(len(s.Masks)))
				})
				if err != nil {
					return outcome{}, err
				}
				line := doc.PictureLine{Name: name}
				for j := range min(shownFills, s.Images) {
					line.Images = append(line.Images, f.original.Row(j), f.start.Row(j), f.result.Row(j))
				}
				picture.Lines = append(picture.Lines, line)
				result.Masks = append(result.Masks, figure5Mask{name, f.missing, f.rows})
			}
			png, err := picture.PNG()
			return outcome{result, map[string][]byte{"filled.png": png}}, err
		},
	}
}

func (r *reproduction) figure5() (rec record, result figure5Result, ok bool) {
	rec, ok = r.records["figure5"]
	return rec, result, ok && rec.decode(&result) == nil
}

func (r *reproduction) sectionFigure5() (doc.Section, bool) {
	s := doc.Section{ID: groupFigure5, Title: "Figure 5: filling in missing pixels"}
	rec, f, ok := r.figure5()
	var settings figure5Settings
	if !ok || decodeSettings(rec, &settings) != nil {
		return s, false
	}
	s.Add(rec.figure("filled.png", "", fmt.Sprintf("Test images, the first %d: original, start (missing pixels are noise) and result after %d rounds, for masks that hide each pixel with probability %g, the left half, the upper half, and a square of half the height in the middle.",
		shownFills, settings.Filling.Rounds, settings.Rate)))
	t := doc.Table{
		Caption: fmt.Sprintf("Mean squared error of the missing pixels (pixels run from 0 to 1) +- its standard error, over the first %d test images. Baselines: each missing pixel's mean over the training images, and the pixels of the training image that is nearest on the visible ones.", settings.Images),
		Header:  []string{"mask", "pixels missing", "model", "mean of each pixel", "nearest neighbour"},
	}
	for _, m := range f.Masks {
		row := []string{m.Mask, fmt.Sprintf("%.0f", m.Missing)}
		for _, name := range []string{fillModel, fillMean, fillNearest} {
			e := m.row(name)
			row = append(row, fmt.Sprintf("%.4f +- %.4f", e.Error, e.StdErr))
		}
		t.Rows = append(t.Rows, row)
	}
	s.Add(t)
	return s, true
}

// claimFigure5 judges filling in by the baselines.
func (r *reproduction) claimFigure5() (claim, bool) {
	c := claim{
		Claim:     "The model fills in missing pixels (Figure 5).",
		Criterion: "For every mask, the squared error of the missing pixels is below that of the missing pixels' means, by more than 2 standard errors of both. The nearest-neighbour fill is a second bar, reported but not asked for.",
	}
	_, f, ok := r.figure5()
	if !ok {
		return c, false
	}
	var good, bad, measured []string
	for _, m := range f.Masks {
		if m.better(fillMean) {
			good = append(good, m.Mask)
		} else {
			bad = append(bad, m.Mask)
		}
		beside := "not better"
		if m.better(fillNearest) {
			beside = "better"
		}
		measured = append(measured, fmt.Sprintf("%s: model %.4f, means %.4f, nearest neighbour %.4f (the model is %s)", m.Mask, m.row(fillModel).Error, m.row(fillMean).Error, m.row(fillNearest).Error, beside))
	}
	c.Measured = strings.Join(measured, "; ") + "."
	c.judge(len(bad) == 0, len(good) > 0, "for "+strings.Join(good, ", ")+", not for "+strings.Join(bad, ", "))
	return c, true
}

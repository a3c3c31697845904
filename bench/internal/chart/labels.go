package chart

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// labels are small texts along lines.
type labels struct {
	plotter.XYLabels
	angles []float64
}

func (l *labels) add(x, y, angle float64, text string) {
	l.XYs = append(l.XYs, plotter.XY{X: x, Y: y})
	l.Labels = append(l.Labels, text)
	l.angles = append(l.angles, angle)
}

func (l *labels) draw(p *plot.Plot) error {
	drawn, err := plotter.NewLabels(l.XYLabels)
	if err != nil {
		return err
	}
	for i := range drawn.TextStyle {
		style := &drawn.TextStyle[i]
		style.Font = font.From(plot.DefaultFont, vg.Points(8))
		style.Color = color.Gray{0x40}
		style.Rotation = l.angles[i]
	}
	p.Add(drawn)
	return nil
}

package report

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Series are points that belong together. Points that are no finite numbers are
// left out, and lines break there.
type Series struct {
	Name   string // in the legend; none without
	X, Y   []float64
	Err    []float64 // half the length of error bars; none if nil
	Style  Style
	Colour int // number of a colour, see [Colours]
}

// Style is how a series looks.
type Style uint8

// The styles. A Thin line is one of many and stays behind the others.
const (
	Line Style = iota
	Dashed
	Thin
	Points
	LinePoints
)

// add draws the series on p.
func (s Series) add(p *plot.Plot) error {
	colour := Colours[s.Colour%len(Colours)]
	named := false
	for _, part := range s.parts() {
		points, err := plotter.NewScatter(part.points)
		if err != nil {
			return err
		}
		points.Color, points.Shape, points.Radius = colour, draw.CircleGlyph{}, 1.8
		line, err := plotter.NewLine(part.points)
		if err != nil {
			return err
		}
		line.Color, line.Width = colour, 1.5
		if part.errors != nil {
			bars, err := plotter.NewYErrorBars(part)
			if err != nil {
				return err
			}
			bars.Color, bars.Width, bars.CapWidth = colour, 0.8, 3
			p.Add(bars)
		}
		var shown []plot.Thumbnailer
		switch s.Style {
		case Dashed:
			line.Dashes = []vg.Length{4, 3}
		case Thin:
			line.Width = 0.5
		case LinePoints:
			p.Add(points)
			shown = append(shown, points)
		}
		if s.Style == Points {
			p.Add(points)
			shown = append(shown, points)
		} else {
			p.Add(line)
			shown = append(shown, line)
		}
		if s.Name != "" && !named {
			p.Legend.Add(s.Name, shown...)
			named = true
		}
	}
	return nil
}

// part is a piece of a series whose points are all finite.
type part struct {
	points plotter.XYs
	errors []float64
}

func (p part) Len() int                         { return len(p.points) }
func (p part) XY(i int) (x, y float64)          { return p.points[i].X, p.points[i].Y }
func (p part) YError(i int) (low, high float64) { return p.errors[i], p.errors[i] }

// parts cuts the series where a point is no finite number.
func (s Series) parts() []part {
	var all []part
	open := false
	for i, x := range s.X {
		y := s.Y[i]
		if x-x != 0 || y-y != 0 {
			open = false
			continue
		}
		if !open {
			all, open = append(all, part{}), true
		}
		p := &all[len(all)-1]
		p.points = append(p.points, plotter.XY{X: x, Y: y})
		if s.Err != nil {
			e := s.Err[i]
			if e-e != 0 {
				e = 0
			}
			p.errors = append(p.errors, e)
		}
	}
	return slices.Clip(all)
}

package report

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Chart is a plot of one or more series. Its axes say what is on them, with
// units.
type Chart struct {
	Title, X, Y string
	Series      []Series
	// Zero draws lines through 0 on both axes.
	Zero bool
	// LegendLeft and LegendLow move the legend from the upper right corner.
	LegendLeft, LegendLow bool
	// From and To, if they differ, are the ends of the vertical axis, but for the
	// legend's room.
	From, To float64
}

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

// plot makes the chart.
func (c Chart) plot() (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = c.Title, c.X, c.Y
	c.style(p)
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = gridColour, gridColour
	p.Add(grid)
	for _, s := range c.Series {
		if err := s.add(p); err != nil {
			return nil, fmt.Errorf("chart %q, %s: %w", c.Title, s.Name, err)
		}
	}
	if c.Zero {
		p.Add(zeroLines{})
	}
	c.fit(p)
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks{}, ticks{}
	return p, nil
}

// fit sets the ends of the vertical axis, with room for the legend beyond the
// data.
func (c Chart) fit(p *plot.Plot) {
	const legendLine = 0.075 // of the height of the data
	room := 0.04 * (p.Y.Max - p.Y.Min)
	if room < 1e-9*max(math.Abs(p.Y.Max), 1) { // nothing moves
		room = 1
	}
	if c.From != c.To {
		p.Y.Min, p.Y.Max, room = c.From, c.To, 0
	}
	p.Y.Min, p.Y.Max = p.Y.Min-room, p.Y.Max+room
	legend := 0.0
	for _, s := range c.Series {
		if s.Name != "" {
			legend += legendLine * (p.Y.Max - p.Y.Min)
		}
	}
	if c.LegendLow {
		p.Y.Min -= legend
	} else {
		p.Y.Max += legend
	}
}

// style sets fonts and the place of the legend.
func (c Chart) style(p *plot.Plot) {
	sans := font.Font{Typeface: "Liberation", Variant: "Sans"}
	set := func(s *text.Style, points vg.Length) {
		s.Font = sans
		s.Font.Size = points
	}
	set(&p.Title.TextStyle, 11)
	set(&p.X.Label.TextStyle, 10)
	set(&p.Y.Label.TextStyle, 10)
	set(&p.X.Tick.Label, 9)
	set(&p.Y.Tick.Label, 9)
	set(&p.Legend.TextStyle, 9)
	p.Title.Padding, p.X.Label.Padding, p.Y.Label.Padding = 6, 3, 3
	p.Legend.Top, p.Legend.Left = !c.LegendLow, c.LegendLeft
	p.Legend.Padding = 2
	p.Legend.XOffs = -6
	if c.LegendLeft {
		p.Legend.XOffs = 6
	}
	p.Legend.YOffs = -4
	if c.LegendLow {
		p.Legend.YOffs = 4
	}
	p.X.Padding, p.Y.Padding = 3, 3
}

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

// zeroLines are the lines on which one coordinate is 0.
type zeroLines struct{}

func (zeroLines) Plot(c draw.Canvas, p *plot.Plot) {
	style := draw.LineStyle{Color: axisColour, Width: 0.7}
	toX, toY := p.Transforms(&c)
	if p.X.Min <= 0 && 0 <= p.X.Max {
		c.StrokeLine2(style, toX(0), c.Min.Y, toX(0), c.Max.Y)
	}
	if p.Y.Min <= 0 && 0 <= p.Y.Max {
		c.StrokeLine2(style, c.Min.X, toY(0), c.Max.X, toY(0))
	}
}

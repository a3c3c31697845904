package report

import (
	"fmt"
	"math"

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
			legend += float64(legendLine * (p.Y.Max - p.Y.Min))
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

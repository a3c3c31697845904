// Package chart draws what was measured.
package chart

import (
	"bufio"
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Roofline draws the report's rows on one thread into a PNG file: the rate of
// each over its arithmetic intensity, the floating-point operations for each
// byte that a call must move at least, under the limits of the machine.
func Roofline(file string, r table.Report, cpu string) error {
	p, err := roofline(r, cpu)
	if err != nil {
		return err
	}
	return atomicfile.Write(file, func(w io.Writer) error { return writePNG(w, p) })
}

func writePNG(w io.Writer, p *plot.Plot) error {
	canvas := vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(dpi))
	p.Draw(draw.New(canvas))
	out := bufio.NewWriter(w)
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(out); err != nil {
		return err
	}
	return out.Flush()
}

// errNoRoof is returned if the report lacks the machine's limits.
var errNoRoof = errors.New("chart: the machine's peak was not measured: no kernels but plain Go, or an interrupted run")

func roofline(r table.Report, cpu string) (*plot.Plot, error) {
	points, limits := pointsOf(r), roofsOf(r)
	if len(limits.peaks) == 0 {
		return nil, errNoRoof
	}
	p := plot.New()
	p.Title.Text = "Roofline, one thread of " + cpu
	p.X.Label.Text = "arithmetic intensity, flop/byte"
	p.Y.Label.Text = "GFLOP/s"
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Scale = plot.LogScale{}
		axis.Tick.Marker = plot.LogTicks{Prec: -1}
	}
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = color.Gray{0xe8}, color.Gray{0xe8}
	p.Add(grid)

	area := areaOf(points, limits)
	if err := drawLimits(p, limits, area); err != nil {
		return nil, err
	}
	if err := drawPoints(p, points); err != nil {
		return nil, err
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = area.left, area.right, area.bottom, area.top
	p.Legend.Top, p.Legend.Left = false, false
	p.Legend.Padding, p.Legend.TextStyle.Font.Size = vg.Points(2), vg.Points(9)
	p.Title.Padding = vg.Points(4)
	return p, nil
}

// drawLimits draws the bandwidths up to where they meet the peak, and the peaks
// from there on.
func drawLimits(p *plot.Plot, l roofs, a area) error {
	style := plotter.DefaultLineStyle
	style.Width = vg.Points(1)
	style.Color = color.Gray{0x60}
	line := func(s draw.LineStyle, x0, y0, x1, y1 float64) error {
		l, err := plotter.NewLine(plotter.XYs{{X: x0, Y: y0}, {X: x1, Y: y1}})
		if err == nil {
			l.LineStyle = s
			p.Add(l)
		}
		return err
	}
	var texts labels
	for _, b := range l.bandwidths {
		// A line begins at the left edge or, if that is below the chart, at the
		// lower one.
		x0 := max(a.left, a.bottom/b.rate)
		s := style
		if b.dashed {
			s.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
		}
		if err := line(s, x0, x0*b.rate, l.top()/b.rate, l.top()); err != nil {
			return err
		}
		texts.addAlong(a, x0*1.1, b.rate, a.labelSide(b.rate, l.bandwidths), fmt.Sprintf("%s %.0f GB/s", b.name, b.rate))
	}
	steepest := l.steepest()
	for i, k := range l.peaks {
		left := a.left
		if steepest > 0 {
			left = max(left, k.rate/steepest)
		}
		if err := line(style, left, k.rate, a.right, k.rate); err != nil {
			return err
		}
		// The labels of peaks that are close together stand side by side above
		// the highest.
		x, y := a.right/math.Pow(a.right/left, float64(i+1)/float64(len(l.peaks)+1)), k.rate*1.04
		if k.rate > l.top()/1.2 {
			y = l.top() * 1.04
		}
		texts.add(x, y, 0, fmt.Sprintf("%s %.1f GFLOP/s", k.name, k.rate))
	}
	return texts.draw(p)
}

// colors of the sections, distinguishable without colour vision (Okabe and Ito).
var colors = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 0xff},
	color.RGBA{0xd5, 0x5e, 0x00, 0xff},
	color.RGBA{0x00, 0x9e, 0x73, 0xff},
	color.RGBA{0xcc, 0x79, 0xa7, 0xff},
	color.RGBA{0xe6, 0x9f, 0x00, 0xff},
	color.RGBA{0x56, 0xb4, 0xe9, 0xff},
	color.RGBA{0x00, 0x00, 0x00, 0xff},
}

// drawPoints draws this project's points filled, in a colour for each section,
// and the best peers' hollow in the same colour.
func drawPoints(p *plot.Plot, points []point) error {
	var sections []string
	bySection := map[string][2]plotter.XYs{}
	for _, q := range points {
		if _, ok := bySection[q.section]; !ok {
			sections = append(sections, q.section)
		}
		xys := bySection[q.section]
		which := 0
		if q.peer {
			which = 1
		}
		xys[which] = append(xys[which], plotter.XY{X: q.intensity, Y: q.rate})
		bySection[q.section] = xys
	}
	peers := false
	for i, name := range sections {
		for which, xys := range bySection[name] {
			if len(xys) == 0 {
				continue
			}
			s, err := plotter.NewScatter(xys)
			if err != nil {
				return err
			}
			s.GlyphStyle = draw.GlyphStyle{Color: colors[i%len(colors)], Radius: vg.Points(3.5), Shape: draw.CircleGlyph{}}
			if which == 0 {
				p.Legend.Add(name, s)
			} else {
				s.GlyphStyle.Shape = draw.RingGlyph{}
				peers = true
			}
			p.Add(s)
		}
	}
	if peers {
		s, err := plotter.NewScatter(plotter.XYs{{X: 1, Y: 1}})
		if err != nil {
			return err
		}
		s.GlyphStyle = draw.GlyphStyle{Color: color.Gray{0x60}, Radius: vg.Points(3.5), Shape: draw.RingGlyph{}}
		p.Legend.Add("hollow: the row's best peer", s)
	}
	return nil
}

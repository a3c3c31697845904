package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// labels are small texts along lines.
type labels struct {
	plotter.XYLabels
	angles []float64
	along  []span
}

// span is the room of a label: along the line of a bandwidth, up to an intensity.
type span struct{ bandwidth, end float64 }

// addAlong adds a label along a line of constant bandwidth, from an intensity on or behind
// those that have the room: above the line, or below it.
func (l *labels) addAlong(a area, from, bandwidth float64, below bool, text string) {
	const letter, above, under = 4, 3, -9 // points
	distance := float64(above)
	if below {
		distance = under
	}
	at := bandwidth * a.across(distance)
	for _, s := range l.along {
		if a.near(at, s.bandwidth) {
			from = max(from, s.end)
		}
	}
	x, y := a.decades()
	angle := math.Atan2(y, x)
	l.add(from, from*at, angle, text)
	l.along = append(l.along, span{at, from * math.Pow(10, letter*float64(len(text))*math.Cos(angle)/x)})
}

// across is the ratio of the bandwidths of two lines so many points apart.
func (a area) across(points float64) float64 {
	x, y := a.decades()
	return math.Pow(10, points*math.Hypot(x, y)/x/y)
}

// near tells whether there is no room for a label between lines of two bandwidths.
func (a area) near(b, c float64) bool { return max(b, c) < a.across(11)*min(b, c) }

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

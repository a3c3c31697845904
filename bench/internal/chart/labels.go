package chart

import (
	"image/color"
	"math"
	"slices"

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

// addAlong adds a label so many points above a line of constant bandwidth, beginning at an
// intensity or, if others are in the way, behind them.
func (l *labels) addAlong(a area, from, bandwidth, distance float64, text string) {
	const letter = 4 // points
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

// near tells whether there is no room for a label between lines of two bandwidths.
func (a area) near(b, c float64) bool { return max(b, c) < a.across(11)*min(b, c) }

// labelSide is how many points above its line a label is: below it, if another line is
// close above.
func (a area) labelSide(bandwidth float64, all []roof) float64 {
	if slices.ContainsFunc(all, func(o roof) bool { return o.rate > bandwidth && a.near(o.rate, bandwidth) }) {
		return -9
	}
	return 3
}

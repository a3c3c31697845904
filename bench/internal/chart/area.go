package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// The size of the picture.
const (
	width, height = 9 * vg.Inch, 6 * vg.Inch
	dpi           = 144
)

// area is what the chart shows.
type area struct{ left, right, bottom, top float64 }

func areaOf(points []point, l roofs) area {
	a := area{left: 0.2, right: 100, bottom: 1, top: 1.6 * l.top()}
	for _, p := range points {
		a.left, a.right = min(a.left, p.intensity/1.5), max(a.right, p.intensity*1.5)
		a.bottom = min(a.bottom, p.rate/1.5)
		a.top = max(a.top, p.rate*1.5)
	}
	return a
}

// decades are the lengths of a decade on the axes, in points, with the axes' share of the
// picture estimated.
func (a area) decades() (x, y float64) {
	decade := func(size vg.Length, min, max float64) float64 { return 0.9 * float64(size) / math.Log10(max/min) }
	return decade(width, a.left, a.right), decade(height, a.bottom, a.top)
}

// across is the ratio of the bandwidths of two lines so many points apart.
func (a area) across(points float64) float64 {
	x, y := a.decades()
	return math.Pow(10, points*math.Hypot(x, y)/x/y)
}

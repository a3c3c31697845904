// Package untuned makes small data sets that nobody has tuned a training for, in all
// formats that the program reads: for tests, and for the check of the defaults.
package untuned

import (
	"math"
	"math/rand/v2"
)

// Classes are those of the scenes: what stands in front of the background.
var Classes = []string{"ball", "box", "kite"}

// scene is a picture like a photograph: a background that changes from top to bottom,
// and in front of it a thing of a class, all of random shades. contrast is how much
// they differ. dst is height x width x channels.
func scene(r *rand.Rand, dst []byte, class, height, width, channels int, contrast float64) {
	var top, bottom, thing [3]float64
	for k := range channels {
		top[k], bottom[k] = 0.5+contrast*(r.Float64()-0.5), 0.5+contrast*(r.Float64()-0.5)
		thing[k] = 0.5 + 1.5*contrast*(r.Float64()-0.5)
	}
	w, h := float64(width), float64(height)
	x0, y0, rx, ry := (0.3+0.4*r.Float64())*w, (0.3+0.4*r.Float64())*h, (0.15+0.2*r.Float64())*w, (0.15+0.2*r.Float64())*h
	for y := range height {
		for x := range width {
			dx, dy := math.Abs(float64(x)-x0)/rx, math.Abs(float64(y)-y0)/ry
			distance := [...]float64{math.Sqrt(dx*dx + dy*dy), max(dx, dy), dx + dy}[class]
			inside := 1 / (1 + math.Exp(8*(distance-1)))
			down := float64(y) / h
			for k := range channels {
				v := (top[k]*(1-down)+bottom[k]*down)*(1-inside) + thing[k]*inside + 0.02*r.NormFloat64()
				dst[(y*width+x)*channels+k] = uint8(255*min(max(v, 0), 1) + 0.5)
			}
		}
	}
}

// scenes are n of them, and their classes.
func scenes(seed uint64, n, height, width, channels int, contrast float64) (pixels, labels []byte) {
	r := rand.New(rand.NewPCG(seed, 0x5ce))
	d := height * width * channels
	pixels, labels = make([]byte, n*d), make([]byte, n)
	for i := range n {
		labels[i] = byte(r.IntN(len(Classes)))
		scene(r, pixels[i*d:(i+1)*d], int(labels[i]), height, width, channels, contrast)
	}
	return pixels, labels
}

// numbers are n rows of which a few hidden ones explain most, and the class of each.
func numbers(seed uint64, n, columns, hidden int, noise float64) (rows [][]float64, labels []byte) {
	mix := rand.New(rand.NewPCG(9, 9))
	weights := make([]float64, columns*hidden)
	for i := range weights {
		weights[i] = mix.NormFloat64()
	}
	r := rand.New(rand.NewPCG(seed, 0x10b))
	for range n {
		class := r.IntN(2)
		z := make([]float64, hidden)
		for k := range z {
			z[k] = r.NormFloat64()
		}
		z[0] += 3 * float64(class)
		row := make([]float64, columns)
		for j := range row {
			row[j] = noise * r.NormFloat64()
			for k, v := range z {
				row[j] += weights[j*hidden+k] * v
			}
		}
		rows, labels = append(rows, row), append(labels, byte(class))
	}
	return rows, labels
}

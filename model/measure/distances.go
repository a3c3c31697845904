package measure

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// distances finds the squared distances from examples to a fixed set of points.
// It has an affine map whose weights are the points p and whose bias is
// -|p|^2/2. The map's output on an example t is z = t.p - |p|^2/2, and
// |t - p|^2 = |t|^2 - 2 z.
//
// The difference cancels where points and examples are far from 0 and near each other.
// So p and t are less the mean of the points, unless those are coarse; and where the distance is small beside the
// lengths even so, the differences of their numbers are squared and added. Where it is tiny, as
// between all others if a few values far off move the mean, those are the numbers before the mean was subtracted.
type distances struct {
	points  products
	mean    []float32      // of the points, or 0
	given   kernels.Matrix // the points, one a row, as long as distances are found
	centred kernels.Matrix // less their mean
	lengths []float32      // squared, of those
	longest float64        // of these
}

// Squared lengths of what is compared, less the mean of the points, are between these, or 0: with others squares
// overflow float32, or those of small distances are lost.
const (
	shortestSquare = 0x1p-80 // 1e-12 in each of few numbers
	longestSquare  = 0x1p120 // 1e18
)

// outOfRange fails if examples whose longest has that squared length cannot be told apart from the points, or
// from each other.
func (d *distances) outOfRange(longest float64) error {
	switch longest = max(longest, d.longest); {
	case longest-longest != 0:
		return fmt.Errorf("model: distances between values that are not all finite numbers")
	case longest > longestSquare:
		return fmt.Errorf("model: distances between values up to %.2g apart, whose squares are beyond float32: scale the values, all by one number", math.Sqrt(longest))
	case longest > 0 && longest < shortestSquare:
		return fmt.Errorf("model: distances between values at most %.2g apart, whose squares vanish in float32: scale the values, all by one number", math.Sqrt(longest))
	}
	return nil
}

// small is the share of the squared lengths below which a squared distance is found from
// differences. The products are off by some 1e-6 of the lengths, and so by 1e-4 of the
// smallest square that is taken from them. Between images of one grey each they are off by up to 2e-5 of the
// lengths, and so by 2e-3 of that.
const small = 1.0 / 64

// tiny is the share below which the differences are of what was given. Each number less the mean is off by 2^-24
// of itself, and so the differences' squares by 2^-23 of the distance times the lengths: by 1e-4 of the smallest
// square that is taken from them.
const tiny = 0x1p-18

// newDistances takes the points from the rows of m, which stay as they are while distances are found. It fails if they have
// no numbers, or there is no memory, also to compare them with some examples at a time of each of those sets.
func newDistances(m kernels.Matrix, compared ...model.Data) (*distances, error) {
	if m.Cols < 1 {
		return nil, fmt.Errorf("model: distances between examples without numbers: want at least one in each")
	}
	some := 0
	for _, data := range compared {
		some = max(some, min(atATime, data.Len()))
	}
	held := memory.Rows(float64(m.Rows+2*some), m.Cols) + bytesOfProducts(m.Rows, m.Cols) + bytesOfRoom(some, m.Rows, m.Cols)
	if err := memory.Check(fmt.Sprintf("model: to compare with %d examples of %d numbers", m.Rows, m.Cols), held); err != nil {
		return nil, err
	}
	d := &distances{given: m, centred: kernels.NewMatrix(m.Rows, m.Cols), lengths: make([]float32, m.Rows)}
	if d.mean = make([]float32, m.Cols); !coarse(m) {
		d.mean, _ = rows.Moments(m)
	}
	for i := range m.Rows {
		row := d.centred.Row(i)
		copy(row, m.Row(i))
		d.centre(row)
	}
	d.points = newProducts(d.centred)
	for i, length := range d.points.lessLengths(d.centred) {
		d.lengths[i], d.longest = float32(length), max(d.longest, length)
	}
	return d, nil
}

// coarse tells whether squared distances between such points are exact as they are: with few bits in each number, as
// of black and white images, sums of products have no more than the 24 of a float32, also half of them. Many of those distances
// are equal, and less a mean, rounding would decide which is the smaller.
func coarse(m kernels.Matrix) bool {
	largest := 0.0
	for i := range m.Rows {
		for _, v := range m.Row(i) {
			largest = max(largest, math.Abs(float64(v)))
		}
	}
	each := (23 - bits.Len(uint(m.Cols))) / 2 // bits of a number
	if each < 1 || !(largest > 0x1p-30 && largest < 0x1p30) {
		return false
	}
	_, exponent := math.Frexp(largest)
	steps := math.Ldexp(1, each-exponent) // in 1
	for i := range m.Rows {
		for _, v := range m.Row(i) {
			if at := float64(float64(v) * steps); at != math.Trunc(at) {
				return false
			}
		}
	}
	return true
}

// centre subtracts the mean of the points, or nothing if they are coarse.
func (d *distances) centre(row []float32) {
	for j := range row {
		row[j] -= d.mean[j]
	}
}

// square is the squared distance of an example, as given and centred, from point j, by differences. The
// squares of their lengths, centred, are both together.
func (d *distances) square(given, centred []float32, j int, both float32) float32 {
	if square := differences(centred, d.centred.Row(j)); square >= tiny*both {
		return square
	}
	return differences(given, d.given.Row(j))
}

// differences is the sum of the squared differences of a and b.
func differences(a, b []float32) float32 {
	sum := 0.0
	for k, p := range b {
		by := float64(a[k]) - float64(p)
		sum += float64(by * by)
	}
	return float32(sum)
}

// atATime is how many examples are compared with the points at a time.
const atATime = 256

// each calls visit, on several goroutines at once, with each example's number
// and its squared distances to all points. visit may overwrite them but not
// keep them. each calls progress, if that is not nil, with the examples done. newDistances has seen to the memory.
func (d *distances) each(ctx context.Context, e *kernels.Engine, data model.Data, progress func(done int), visit func(i int, square []float32)) error {
	return d.share(ctx, e, ranks.Work{Group: ranks.Alone{}, Progress: progress}, data, visit)
}

// share is each for the processes of w's group: each visits its share of the
// examples, and w.Gather brings together what visit made of them.
func (d *distances) share(ctx context.Context, e *kernels.Engine, w ranks.Work, data model.Data, visit func(i int, square []float32)) error {
	some := min(atATime, data.Len())
	x, given := kernels.NewMatrix(some, data.Dim()), kernels.NewMatrix(some, data.Dim())
	out, sums := d.points.room(some)
	var lengths [atATime]float64
	w.Rows, w.AtATime, w.Data = data.Len(), atATime, data
	w.Visit = func(lo, hi int) error {
		b := hi - lo
		if err := rows.Read(given.Slice(0, b), data, lo); err != nil {
			return err
		}
		e.Each(b, func(i int) {
			copy(x.Row(i), given.Row(i))
			d.centre(x.Row(i))
			lengths[i] = linalg.Dot(x.Row(i), x.Row(i))
		})
		if err := d.outOfRange(slices.Max(lengths[:b])); err != nil {
			return err
		}
		d.points.of(e, out.Slice(0, b), sums, x.Slice(0, b))
		e.Each(b, func(i int) {
			length := float32(lengths[i])
			square := out.Row(i)
			for j, z := range square {
				square[j] = max(length-2*z, 0)
				if both := length + d.lengths[j]; square[j] < small*both {
					square[j] = d.square(given.Row(i), x.Row(i), j, both)
				}
			}
			visit(lo+i, square)
		})
		return nil
	}
	return w.Do(ctx)
}

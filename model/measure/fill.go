package measure

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/mask"
)

// FillError is the squared error of the missing pixels of filled images against
// the true ones. It is averaged over the missing pixels of an image, and then
// over the images that miss any. stdErr is its standard error over those images,
// 0 if there is one.
func FillError(truth, filled kernels.Matrix, masks []mask.Mask) (mean, stdErr float64, err error) {
	if truth.Rows != filled.Rows || truth.Cols != filled.Cols {
		return 0, 0, fmt.Errorf("model: %d filled images of %d pixels and %d true ones of %d", filled.Rows, filled.Cols, truth.Rows, truth.Cols)
	}
	if err := cmp.Or(mask.Check(masks, truth), rows.CheckMatrix(filled)); err != nil {
		return 0, 0, err
	}
	var squares []float64
	for i := range truth.Rows {
		m := mask.Of(masks, i)
		missing := m.Missing()
		if missing == 0 {
			continue
		}
		var sum float64
		for j, t := range truth.Row(i) {
			if m[j] {
				d := float64(filled.Row(i)[j]) - float64(t)
				sum += float64(d * d)
			}
		}
		if sum-sum != 0 {
			return 0, 0, fmt.Errorf("model: the squared error of image %d is %v: want finite numbers in both", i, sum)
		}
		squares = append(squares, sum/float64(missing))
	}
	switch len(squares) {
	case 0:
		return 0, 0, fmt.Errorf("model: the error of missing pixels in %d images that miss none", truth.Rows)
	case 1:
		mean = squares[0]
	default:
		mean, stdErr = stat.MeanError(squares)
	}
	if mean-mean != 0 {
		return 0, 0, fmt.Errorf("model: the mean error of missing pixels is %v: want images of finite numbers", mean)
	}
	return mean, stdErr, nil
}

// MeanFill fills in the missing pixels with their means over data: a baseline
// for [model.Network.Fill].
func MeanFill(data model.Data, images kernels.Matrix, masks []mask.Mask) (kernels.Matrix, error) {
	data, err := rows.Fix(data)
	if err != nil {
		return kernels.Matrix{}, err
	}
	if data.Len() < 1 || data.Dim() != images.Cols {
		return kernels.Matrix{}, fmt.Errorf("model: means of %d examples of %d numbers to fill in images of %d pixels", data.Len(), data.Dim(), images.Cols)
	}
	filled, err := toFill(images, masks)
	if err != nil {
		return kernels.Matrix{}, err
	}
	some := min(atATime, data.Len())
	if err := memory.Check(fmt.Sprintf("model: to hold %d examples of %d numbers and their means", some, data.Dim()), memory.Rows(float64(some)+3, data.Dim())); err != nil {
		return kernels.Matrix{}, err
	}
	mean := kernels.NewMatrix(1, data.Dim())
	sums := make([]float64, data.Dim())
	block := kernels.NewMatrix(some, data.Dim())
	// The context is never done.
	err = rows.Chunks(context.Background(), data.Len(), atATime, nil, func(lo, hi int) error {
		x := block.Slice(0, hi-lo)
		if err := rows.Load(x, data, lo); err != nil {
			return err
		}
		for i := range x.Rows {
			for j, v := range x.Row(i) {
				sums[j] += float64(v)
			}
		}
		return nil
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	for j, sum := range sums {
		mean.Row(0)[j] = float32(sum / float64(data.Len()))
	}
	if err := finite("the means of the examples", mean); err != nil {
		return kernels.Matrix{}, err
	}
	for i := range filled.Rows {
		mask.Of(masks, i).Overwrite(filled.Row(i), mean.Row(0))
	}
	return filled, nil
}

// toFill is a copy of images, or an error if the masks are none for them or there is no memory.
func toFill(images kernels.Matrix, masks []mask.Mask) (kernels.Matrix, error) {
	if err := mask.Check(masks, images); err != nil {
		return kernels.Matrix{}, err
	}
	if err := memory.Check(fmt.Sprintf("model: to fill in %d images of %d pixels", images.Rows, images.Cols), memory.Rows(float64(images.Rows), images.Cols)); err != nil {
		return kernels.Matrix{}, err
	}
	filled := kernels.NewMatrix(images.Rows, images.Cols)
	rows.Copy(filled, 0, images)
	return filled, nil
}

// NearestFill fills in the missing pixels from the example of data that is
// nearest on the visible ones, the first of several: a baseline for
// [model.Network.Fill]. It calls progress, if that is not nil, with the pairs
// compared, of images.Rows*data.Len().
func NearestFill(ctx context.Context, e *kernels.Engine, data model.Data, images kernels.Matrix, masks []mask.Mask, progress func(done int)) (kernels.Matrix, error) {
	data, err := rows.Fix(data)
	if err != nil {
		return kernels.Matrix{}, err
	}
	if data.Len() < 1 || data.Dim() != images.Cols {
		return kernels.Matrix{}, fmt.Errorf("model: %d examples of %d numbers to fill in images of %d pixels", data.Len(), data.Dim(), images.Cols)
	}
	filled, err := toFill(images, masks)
	if err != nil {
		return kernels.Matrix{}, err
	}
	nearest, best := make([]int, images.Rows), make([]float64, images.Rows)
	for i := range best {
		best[i] = math.Inf(1)
	}
	var near *distances // less whose mean all are compared
	const copies = 4    // of a block: centred, squared, and both packed
	err = eachBlock(ctx, data, copies, func(first int, block kernels.Matrix) error {
		if near == nil {
			var err error
			if near, err = newDistances(block.Slice(0, min(block.Rows, atATime))); err != nil {
				return err
			}
		}
		return near.nearestVisible(ctx, e, block, images, masks, func(i, j int, square float64) {
			if square < best[i] {
				nearest[i], best[i] = first+j, square
			}
		}, func(done int) {
			if progress != nil {
				progress(first*images.Rows + done*block.Rows)
			}
		})
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	example := make([]float32, data.Dim())
	for i := range filled.Rows {
		if err := rows.Fetch(data, nearest[i:i+1]); err != nil {
			return kernels.Matrix{}, err
		}
		data.Read(nearest[i], example)
		mask.Of(masks, i).Overwrite(filled.Row(i), example)
	}
	return filled, nil
}

// rounding is more than the share of the squared lengths of both by which an affinity may be off.
const rounding = chainError

// nearestVisible calls visit, on several goroutines at once, with the number of each image t,
// the first of the examples that is nearest on the visible pixels, and the square of that distance.
//
// The affinity of t to an example p is half of |t|^2 - |t - p|^2 on the visible pixels: the
// greater, the nearer. With v = 1 on visible pixels and 0 on others it is the product of [v t, v]
// with [p, -p^2/2], where t and p are less the mean of d's points. What may be nearest by it is
// compared by differences, since products cancel where images are far from the mean, and near each other.
func (d *distances) nearestVisible(ctx context.Context, e *kernels.Engine, examples, images kernels.Matrix, masks []mask.Mask, visit func(i, nearest int, square float64), progress func(done int)) error {
	dim, some := images.Cols, min(atATime, images.Rows)
	held := memory.Rows(float64(examples.Rows+some), 2*dim) + bytesOfProducts(examples.Rows, 2*dim) + bytesOfRoom(some, examples.Rows, 2*dim)
	if err := memory.Check(fmt.Sprintf("model: to compare %d images of %d pixels with %d examples at a time", some, dim, examples.Rows), held); err != nil {
		return err
	}
	both := kernels.NewMatrix(examples.Rows, 2*dim)     // [p, -p^2/2]
	longest, off := 0.0, make([]float32, examples.Rows) // by what affinities to each example may be off
	for i := range examples.Rows {
		row, squares := both.Row(i)[:dim], both.Row(i)[dim:]
		copy(row, examples.Row(i))
		d.centre(row)
		length := linalg.Dot(row, row)
		longest, off[i] = max(longest, length), float32(rounding*length)
		for j, p := range row {
			squares[j] = -0.5 * float32(p*p)
		}
	}
	if err := d.outOfRange(longest); err != nil {
		return err
	}
	points := newProducts(both)
	x := kernels.NewMatrix(some, 2*dim)
	out, sums := points.room(some)
	var lengths [atATime]float64
	return rows.Chunks(ctx, images.Rows, atATime, progress, func(lo, hi int) error {
		b := hi - lo
		for i := range b {
			row := x.Row(i)
			clear(row)
			image := images.Row(lo + i)
			for j, missing := range mask.Of(masks, lo+i) {
				if !missing {
					row[j], row[dim+j] = image[j]-d.mean[j], 1
				}
			}
			lengths[i] = linalg.Dot(row[:dim], row[:dim])
		}
		if err := d.outOfRange(slices.Max(lengths[:b])); err != nil {
			return err
		}
		points.of(e, out.Slice(0, b), sums, x.Slice(0, b))
		e.Each(b, func(i int) {
			affinity, least := out.Row(i), float32(math.Inf(-1)) // the greatest at least
			for j, a := range affinity {
				least = max(least, a-off[j])
			}
			least -= 2 * float32(rounding*lengths[i])
			nearest, best := 0, math.Inf(1)
			for j, a := range affinity {
				if a+off[j] < least {
					continue
				}
				if square := visibleSquare(images.Row(lo+i), examples.Row(j), mask.Of(masks, lo+i)); square < best {
					nearest, best = j, square
				}
			}
			visit(lo+i, nearest, best)
		})
		return nil
	})
}

// visibleSquare is the squared distance of two images on the visible pixels.
func visibleSquare(a, b []float32, m mask.Mask) float64 {
	sum := 0.0
	for j, missing := range m {
		if !missing {
			by := float64(a[j]) - float64(b[j])
			sum += float64(by * by)
		}
	}
	return sum
}

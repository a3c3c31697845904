package ranks

import (
	"cmp"

	"github.com/targetprop/targetprop/kernels"
)

// Examples is what the maps of a network make of a minibatch and learn from: of
// each map the corrupted input, the delta and the loss. Each process of a group
// makes those of its rows. They lie in one piece, so that one gather brings all
// of them to all processes: the chunk of rank r has its rows of the first map's
// input, delta and loss, then of the second map's, and so on. Before them it says
// whether they are there, also where it has none: see [Examples.Gather].
type Examples struct {
	Rows []int // those of rank r are Rows[r] to Rows[r+1]-1
	maps []shape
	data []float32
}

// shape is a map's, and where it begins in a chunk, in elements of one row.
type shape struct{ begin, inputs, stride, outputs, panels int }

// head is how many numbers are before the rows of a chunk. The first is the code of an error; 16 of them keep the rows aligned.
const head = 16

// NewExamples divides b examples among so many processes. Use gives them room.
func NewExamples(b, size int, maps []kernels.Packed) *Examples {
	x := &Examples{Rows: Evenly(b, size)}
	width := 0
	for _, w := range maps {
		s := shape{begin: width, inputs: w.Rows - 1, outputs: w.Cols, panels: w.Panels()}
		s.stride = kernels.NewMatrix(0, s.inputs).Stride
		x.maps = append(x.maps, s)
		width += s.stride + (s.panels+1)*kernels.Panel
	}
	return x
}

// Numbers is how many b examples take.
func (x *Examples) Numbers(b int) int { return b*x.width() + (len(x.Rows)-1)*head }

// Use puts the examples at the beginning of memory, whose content does not
// matter. Several processes may do so in memory that they have in common: each
// clears what is its own.
func (x *Examples) Use(memory []float32, rank int) {
	x.data = memory[:x.Numbers(x.Rows[len(x.Rows)-1])]
	clear(x.data[x.chunk(rank):x.chunk(rank+1)])
}

// Input is the corrupted input of a map, of the rows of a rank.
func (x *Examples) Input(rank, m int) kernels.Matrix {
	s := x.maps[m]
	rows, data := x.part(rank, s.begin, s.stride)
	return kernels.Matrix{Rows: rows, Cols: s.inputs, Stride: s.stride, Data: data}
}

// Delta is the delta of a map, of the rows of a rank.
func (x *Examples) Delta(rank, m int) kernels.Packed {
	s := x.maps[m]
	rows, data := x.part(rank, s.begin+s.stride, s.panels*kernels.Panel)
	return kernels.Packed{Rows: rows, Cols: s.outputs, Data: data}
}

// Loss is the loss of a map, of the rows of a rank.
func (x *Examples) Loss(rank, m int) kernels.Matrix {
	s := x.maps[m]
	rows, data := x.part(rank, s.begin+s.stride+s.panels*kernels.Panel, kernels.Panel)
	return kernels.Matrix{Rows: rows, Cols: kernels.Panel, Stride: kernels.Panel, Data: data}
}

// part is so many elements for each row of a rank, behind those from begin on.
func (x *Examples) part(rank, begin, width int) (rows int, data []float32) {
	lo := x.Rows[rank]
	rows = x.Rows[rank+1] - lo
	first := x.chunk(rank) + head + rows*begin
	return rows, x.data[first:][:rows*width]
}

// chunk is where that of a rank begins, and where that of the rank before ends.
func (x *Examples) chunk(rank int) int { return x.Rows[rank]*x.width() + rank*head }

// width is the number of elements for each row.
func (x *Examples) width() int {
	last := x.maps[len(x.maps)-1]
	return last.begin + last.stride + (last.panels+1)*kernels.Panel
}

// Gather brings all rows to all processes, unless there is an error in any, which all return then: see [Agree]. In a step without
// one that takes no gather of its own.
func (x *Examples) Gather(g Group, err, known error) error {
	if g.Size() == 1 {
		return err
	}
	x.data[x.chunk(g.Rank())] = float32(code(err, known))
	bounds := make([]int, len(x.Rows))
	for r := range bounds {
		bounds[r] = x.chunk(r)
	}
	if gone := Gather(g, x.data, bounds); gone != nil {
		return over{cmp.Or(err, gone)}
	}
	for r := range g.Size() {
		if c := byte(x.data[x.chunk(r)]); c != fine {
			return tell(g, r, c, err, known)
		}
	}
	return nil
}

// CopyPanels copies the panels lo to hi-1 of src, some rows of dst, to the rows
// of dst from first on.
func CopyPanels(dst kernels.Packed, first int, src kernels.Packed, lo, hi int) {
	for p := lo; p < hi; p++ {
		copy(dst.Data[(p*dst.Rows+first)*kernels.Panel:], src.Data[p*src.Rows*kernels.Panel:][:src.Rows*kernels.Panel])
	}
}

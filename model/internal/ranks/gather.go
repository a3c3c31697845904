package ranks

import (
	"unsafe"

	"github.com/targetprop/targetprop/kernels"
)

// Number is what processes exchange. Its bytes are sent as they are: the
// processors of a group have one order of bytes.
type Number interface {
	~byte | ~int32 | ~float32 | ~float64
}

// Gather completes data in all processes of g. That of rank r has written the
// elements bounds[r] to bounds[r+1]-1 before. All pass the same bounds. After an
// error the group is [Over].
func Gather[T Number](g Group, data []T, bounds []int) error {
	if g.Size() == 1 || len(data) == 0 {
		return nil
	}
	size := int(unsafe.Sizeof(data[0]))
	ends := make([]int, len(bounds))
	for r, n := range bounds {
		ends[r] = n * size
	}
	if err := g.Gather(unsafe.Slice((*byte)(unsafe.Pointer(&data[0])), len(data)*size), ends); err != nil {
		return over{err}
	}
	return nil
}

// GatherRows completes the rows of m from first on. The process of rank r has
// written rows first+bounds[r] to first+bounds[r+1]-1 before.
func GatherRows(g Group, m kernels.Matrix, first int, bounds []int) error {
	n := bounds[len(bounds)-1]
	return Gather(g, m.Data[first*m.Stride:][:n*m.Stride], Scaled(bounds, m.Stride))
}

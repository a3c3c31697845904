package ranks

import (
	"fmt"
	"unsafe"

	"github.com/targetprop/targetprop/internal/view"
)

// Sharer is a group with memory in common. See model.Sharer.
type Sharer interface {
	Group
	Share(n int) ([]byte, error)
	Unshare(memory []byte)
}

// Common is memory for numbers that are gathered. The processes of one machine
// have it in common if the group can do that; else each has its own.
type Common struct {
	Data   []float32
	sharer Sharer // or nil: the memory is this process's own
	bytes  []byte
}

// alignment is that of memory in common, as model.Sharer says.
const alignment = 64

// NewCommon makes room for n numbers. All processes call it at the same time.
// Memory in common has any content at first, other memory zeros.
func NewCommon(g Group, n int) (Common, error) {
	if s, ok := g.(Sharer); ok && n > 0 && g.Size() > 1 {
		bytes := n * int(unsafe.Sizeof(float32(0)))
		b, err := s.Share(bytes)
		if err != nil {
			return Common{}, over{err}
		}
		if b != nil {
			if len(b) < bytes || uintptr(unsafe.Pointer(unsafe.SliceData(b)))%alignment != 0 {
				return Common{}, over{fmt.Errorf("model: the group's Share gave %d bytes at %p: want %d, aligned to %d", len(b), unsafe.SliceData(b), bytes, alignment)}
			}
			return Common{unsafe.Slice((*float32)(unsafe.Pointer(&b[0])), n), s, b}, nil
		}
	}
	return Common{Data: view.Aligned[float32](n)}, nil
}

// Shared tells whether other processes may have the same memory.
func (c *Common) Shared() bool { return c.sharer != nil }

// Free gives memory in common back. No process uses it any more.
func (c *Common) Free() {
	if c.sharer != nil {
		c.sharer.Unshare(c.bytes)
	}
	*c = Common{}
}

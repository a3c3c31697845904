package safetensors

import "fmt"

// entry is what the header says of one tensor.
type entry struct {
	name       string
	dtype      string
	shape      []int
	begin, end int64 // of its bytes in the data
	count      int   // of its values, set by checkLayout
}

// check looks at one entry alone, and counts its values.
func (e *entry) check(size int64) error {
	if e.dtype != dtypeF32 {
		return fmt.Errorf("dtype %s is not supported, only %s is", quote(e.dtype), dtypeF32)
	}
	n, err := elements(e.shape)
	if err != nil {
		return err
	}
	if e.begin > e.end {
		return fmt.Errorf("data_offsets [%d, %d] end before they begin", e.begin, e.end)
	}
	if got, want := e.end-e.begin, valueSize*int64(n); got != want {
		return fmt.Errorf("shape %s takes %d bytes, data_offsets [%d, %d] give it %d",
			shapeString(e.shape), want, e.begin, e.end, got)
	}
	if e.end > size {
		return fmt.Errorf("truncated file: the data should have %d bytes or more, it has %d", e.end, size)
	}
	e.count = n
	return nil
}

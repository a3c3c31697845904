package view

import "unsafe"

// Region is where elements lie in memory: in rows, each in one piece. All sizes are bytes. The
// zero Region is empty.
type Region struct {
	first, size, stride uintptr // of a row; the distance of two
	rows                uintptr
}

// Region is where the elements of the matrix lie, which it holds.
func (m *Matrix[T]) Region() Region {
	if m.Rows == 0 || m.Cols == 0 {
		return Region{}
	}
	size := uintptr(Size[T]())
	return Region{first: address(m.Data), size: uintptr(m.Cols) * size, stride: uintptr(m.Stride) * size, rows: uintptr(m.Rows)}
}

// Region is where the panels lie, which the matrix holds.
func (p *Packed[T]) Region() Region { return RegionOf(p.Data[:p.Rows*p.Panels()*Panel[T]()]) }

// RegionOf is where the elements of a slice lie.
func RegionOf[T Float](x []T) Region {
	if len(x) == 0 {
		return Region{}
	}
	return Region{first: address(x), size: uintptr(len(x) * Size[T]()), rows: 1}
}

// address is where a slice begins.
func address[T Float](x []T) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(x))) }

// Apart tells whether two slices of elements have none in common. It is small enough to be
// inlined.
func Apart[T Float](x, y []T) bool {
	p, q := address(x), address(y)
	return p+uintptr(len(x))*unsafe.Sizeof(*new(T)) <= q || q+uintptr(len(y))*unsafe.Sizeof(*new(T)) <= p
}

// IsAt tells whether the first rows of both lie in the same place, and the others too if the
// regions are of one shape.
func (r Region) IsAt(o Region) bool {
	return r.first == o.first && (r.stride == o.stride || r.rows == 1)
}

// Overlaps tells whether some bytes are in both. Columns of one matrix lie beside each other
// without.
func (r Region) Overlaps(o Region) bool {
	switch {
	case r.rows == 0 || o.rows == 0 || r.end() <= o.first || o.end() <= r.first:
		return false
	case r.stride == o.stride && r.rows > 1 && o.rows > 1:
		if o.first < r.first {
			r, o = o, r
		}
		rows, column := (o.first-r.first)/r.stride, (o.first-r.first)%r.stride
		around := column+o.size > r.stride // rows of o end beside the next ones of r
		return column < r.size && rows < r.rows || around && rows+1 < r.rows
	case o.rows < r.rows:
		r, o = o, r
	}
	for i := range r.rows {
		if o.overlapsRow(r.first+i*r.stride, r.size) {
			return true
		}
	}
	return false
}

// overlapsRow tells it of a row.
func (r Region) overlapsRow(first, size uintptr) bool {
	row := uintptr(0) // the first that ends behind the beginning
	if end := r.first + r.size; first >= end && r.rows > 1 {
		row = (first-end)/r.stride + 1
	}
	at := r.first + row*r.stride
	return row < r.rows && at < first+size && first < at+r.size
}

// end is where the last row ends.
func (r Region) end() uintptr { return r.first + (r.rows-1)*r.stride + r.size }

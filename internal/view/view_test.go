package view

import (
	"testing"
	"unsafe"
)

// TestEvenly checks what drivers ask of the parts and what the micro-kernels rely on: only
// parts of more than half of the most come several at a time.
func TestEvenly(t *testing.T) {
	for most := 1; most <= 16; most++ {
		for n := 1; n <= 160; n++ {
			size := Evenly(n, most)
			parts, fewest := (n+size-1)/size, (n+most-1)/most
			if size > most || parts != fewest {
				t.Errorf("%d, at most %d at a time, are %d parts of %d, want %d", n, most, parts, size, fewest)
			}
			if parts > 1 && 2*size <= most {
				t.Errorf("%d, at most %d at a time, are parts of %d, which is not more than half", n, most, size)
			}
		}
	}
}

// TestMemory checks that matrices begin at cache lines and that their rows are no pages
// apart.
func TestMemory(t *testing.T) {
	t.Run("float32", testMemory[float32])
	t.Run("float64", testMemory[float64])
}

func testMemory[T Float](t *testing.T) {
	for cols := range 5 * Page / Size[T]() / 2 {
		m := NewMatrix[T](3, cols)
		if cols == 0 {
			continue
		}
		if at := uintptr(unsafe.Pointer(&m.Data[0])); at%Line != 0 || m.Stride*Size[T]()%Line != 0 || m.Stride < cols {
			t.Fatalf("%d columns: stride %d, at %#x", cols, m.Stride, at)
		}
		if m.Stride*Size[T]()%Page == 0 {
			t.Errorf("%d columns: rows are %d bytes apart", cols, m.Stride*Size[T]())
		}
	}
}

// TestPacked checks that what is packed comes back, and lies where Index says.
func TestPacked(t *testing.T) {
	t.Run("float32", testPacked[float32])
	t.Run("float64", testPacked[float64])
}

func testPacked[T Float](t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {3, 16}, {5, 17}, {2, 40}, {4, 8}, {4, 9}} {
		rows, cols := size[0], size[1]
		m, turned, back := NewMatrix[T](rows, cols), NewMatrix[T](cols, rows), NewMatrix[T](rows, cols)
		for i := range rows {
			for j := range cols {
				m.Row(i)[j], turned.Row(j)[i] = T(100*i+j+1), T(100*i+j+1)
			}
		}
		p, q := NewPacked[T](rows+2, cols), NewPacked[T](rows+2, cols)
		p.Pack(2, m)
		q.PackTransposed(2, turned)
		p.Unpack(2, back)
		for i := range rows {
			for j := range cols {
				want := m.Row(i)[j]
				if back.Row(i)[j] != want || p.Data[p.Index(i+2, j)] != want || q.Data[q.Index(i+2, j)] != want {
					t.Fatalf("%v: (%d, %d) is %v, %v, %v, want %v", size, i, j, back.Row(i)[j], p.Data[p.Index(i+2, j)], q.Data[q.Index(i+2, j)], want)
				}
			}
		}
	}
}

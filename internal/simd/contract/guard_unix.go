//go:build linux || darwin

package contract

import (
	"syscall"
	"testing"
	"unsafe"

	"github.com/targetprop/targetprop/internal/view"
)

// guarded returns n elements that begin behind a protected page and lie before
// another: to touch an element outside is a crash. n elements are whole pages.
func guarded[T view.Float](tb testing.TB, n int) []T {
	tb.Helper()
	page := syscall.Getpagesize()
	inner := view.RoundUp(n*view.Size[T](), page)
	mem, err := syscall.Mmap(-1, 0, inner+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		tb.Fatalf("mmap: %v", err)
	}
	tb.Cleanup(func() { _ = syscall.Munmap(mem) })
	for _, at := range []int{0, page + inner} {
		if err := syscall.Mprotect(mem[at:at+page], syscall.PROT_NONE); err != nil {
			tb.Fatalf("mprotect: %v", err)
		}
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&mem[page])), n)
}

//go:build peers

package clib

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Library is a loaded shared library. It is never unloaded.
type Library struct {
	path   string
	handle unsafe.Pointer
}

// Open loads the library at path, or returns the one already loaded from there.
func Open(path string) (*Library, error) {
	return open(path, path)
}

// OpenCopy loads the library at path once more, with variables and threads of its own,
// however often it has been loaded before. The loader tells libraries apart by file and by
// name, so the copy is an anonymous file, and it stays open to keep its name from being
// used again.
func OpenCopy(path string) (*Library, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	fd, err := unix.MemfdCreate("clib", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("clib: copy of %s: %w", path, err)
	}
	for len(text) > 0 {
		n, err := unix.Write(fd, text)
		if err != nil {
			unix.Close(fd)
			return nil, fmt.Errorf("clib: copy of %s: %w", path, err)
		}
		text = text[n:]
	}
	return open(fmt.Sprintf("/proc/self/fd/%d", fd), path)
}

// open loads the file at path; name is what errors call it.
func open(path, name string) (*Library, error) {
	cpath := C.CString(path)
	defer C.free(unsafe.Pointer(cpath))
	handle := C.dlopen(cpath, C.RTLD_NOW|C.RTLD_LOCAL)
	if handle == nil {
		return nil, errors.New("clib: " + C.GoString(C.dlerror()))
	}
	return &Library{path: name, handle: handle}, nil
}

// Func is the address of a C function.
type Func unsafe.Pointer

// Func returns the function of that name.
func (l *Library) Func(name string) (Func, error) {
	cname := C.CString(name)
	defer C.free(unsafe.Pointer(cname))
	f := C.dlsym(l.handle, cname)
	if f == nil {
		return nil, fmt.Errorf("clib: %s has no %s", l.path, name)
	}
	return Func(f), nil
}

// Funcs fills each *Func with the function of the name beside it.
func (l *Library) Funcs(want map[string]*Func) error {
	for name, f := range want {
		var err error
		if *f, err = l.Func(name); err != nil {
			return err
		}
	}
	return nil
}

//go:build peers

package blis

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sys/cpu"

	"github.com/targetprop/targetprop/bench/internal/cblas"
	"github.com/targetprop/targetprop/bench/internal/clib"
)

// path is where Debian's libblis4-openmp puts the library.
const path = "/usr/lib/x86_64-linux-gnu/blis-openmp/libblis.so.4"

// Library is one copy of BLIS, with one family of kernels.
type Library struct {
	Arch    string // family, as BLIS calls it: "haswell", "skx"
	Version string // "0.9.0"
	BLAS    cblas.Routines

	sgemm, setThreads clib.Func
}

// Sgemm computes c = a b, all row-major: a m x k, b k x n, c m x n. It does so the given
// number of times. With transA a is stored k x m.
func (l *Library) Sgemm(transA bool, times, m, n, k int, a, b, c []float32) {
	clib.Sgemm(l.sgemm, transA, times, m, n, k, a, b, c)
}

// SetThreads sets the number of threads of this copy.
func (l *Library) SetThreads(n int) { clib.SetLong(l.setThreads, n) }

// archVariable is read by bli_init.
const archVariable = "BLIS_ARCH_TYPE"

// The numbers that it has in version 0.9.
const (
	skx     = 0 // AVX-512
	haswell = 3 // AVX2
)

// All returns the families worth trying on this processor, each loaded once and set to one
// thread: BLIS's own choice, its AVX-512 family and its AVX2 family. If BLIS_ARCH_TYPE is
// set, it is the only one.
var All = sync.OnceValues(func() ([]*Library, error) {
	want := []string{""}
	if os.Getenv(archVariable) == "" {
		if cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL {
			want = append(want, strconv.Itoa(skx))
		}
		if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
			want = append(want, strconv.Itoa(haswell))
		}
	}
	var libs []*Library
	for _, arch := range want {
		lib, err := load(arch)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(libs, func(have *Library) bool { return have.Arch == lib.Arch }) {
			libs = append(libs, lib)
		}
	}
	return libs, nil
})

// load loads a new copy of BLIS with the family of that number; "" leaves the choice to
// BLIS.
func load(arch string) (*Library, error) {
	if arch != "" {
		defer clib.Setenv(archVariable, arch)()
	}
	c, err := clib.OpenCopy(path)
	if err != nil {
		return nil, err
	}
	lib := new(Library)
	var begin, archID, archName, version clib.Func
	err = c.Funcs(map[string]*clib.Func{
		"bli_init":                   &begin,
		"cblas_sgemm":                &lib.sgemm,
		"bli_thread_set_num_threads": &lib.setThreads,
		"bli_arch_query_id":          &archID,
		"bli_arch_string":            &archName,
		"bli_info_get_version_str":   &version,
	})
	if err != nil {
		return nil, err
	}
	if lib.BLAS, err = cblas.New(c); err != nil {
		return nil, fmt.Errorf("blis: %w", err)
	}
	// Before bli_init a query finds the variable's family unknown, and aborts.
	clib.Do(begin)
	lib.Arch, lib.Version = clib.StringOf(archName, clib.Int(archID)), clib.String(version)
	lib.SetThreads(1)
	return lib, nil
}

//go:build peers

package openblas

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"unsafe"

	"golang.org/x/sys/cpu"

	"github.com/targetprop/targetprop/bench/internal/cblas"
	"github.com/targetprop/targetprop/bench/internal/clib"
)

// Where Debian's libopenblas0-pthread and libopenblas0-openmp put the library. The first
// has threads of its own, the second takes OpenMP's.
const (
	pthreadPath = "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0"
	openmpPath  = "/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblas.so.0"
)

// PathVariable is the environment variable that names another library for All.
const PathVariable = "TARGETPROP_OPENBLAS"

// Library is one copy of OpenBLAS, with one family of kernels.
type Library struct {
	Core    string // kernel family, as OpenBLAS calls it: "Haswell", "SkylakeX"
	Version string // "0.3.21"
	BLAS    cblas.Routines

	sgemm, setThreads clib.Func
}

// Sgemm computes c = a b, all row-major: a m x k, b k x n, c m x n. It does so the given
// number of times, which leaves the crossing from Go to C out of a short measurement. With
// transA a is stored k x m.
func (l *Library) Sgemm(transA bool, times, m, n, k int, a, b, c []float32) {
	clib.Sgemm(l.sgemm, transA, times, m, n, k, a, b, c)
}

// SetThreads sets the number of threads of this copy.
func (l *Library) SetThreads(n int) { clib.SetInt(l.setThreads, n) }

// CSgemm is the address of cblas_sgemm, for C code.
func (l *Library) CSgemm() unsafe.Pointer { return unsafe.Pointer(l.sgemm) }

// CSetThreads is the address of openblas_set_num_threads, for C code.
func (l *Library) CSetThreads() unsafe.Pointer { return unsafe.Pointer(l.setThreads) }

// All returns the kernel families worth trying on this processor, each loaded once and set
// to one thread: OpenBLAS's own choice, its AVX-512 family and its AVX2 family. If
// OPENBLAS_CORETYPE is set, it is the only one.
var All = sync.OnceValues(func() ([]*Library, error) {
	path := pthreadPath
	if p := os.Getenv(PathVariable); p != "" {
		path = p
	}
	want := []string{""}
	if os.Getenv(coreVariable) == "" {
		if cpu.X86.HasAVX512F {
			want = append(want, "SkylakeX")
		}
		if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
			want = append(want, "Haswell")
		}
	}
	var libs []*Library
	for _, core := range want {
		if find(libs, core) != nil {
			continue
		}
		lib, err := load(path, core)
		if err != nil {
			return nil, err
		}
		libs = append(libs, lib)
	}
	return libs, nil
})

// WithCore returns the copy with the given kernel family.
func WithCore(core string) (*Library, error) {
	libs, err := All()
	if err != nil {
		return nil, err
	}
	if lib := find(libs, core); lib != nil {
		return lib, nil
	}
	return nil, fmt.Errorf("openblas: no %s kernels on this processor", core)
}

func find(libs []*Library, core string) *Library {
	for _, lib := range libs {
		if strings.EqualFold(lib.Core, core) {
			return lib
		}
	}
	return nil
}

// openmp holds the copies that OpenMP has loaded, by kernel family.
var openmp sync.Map

// OpenMP returns the build that takes OpenMP's threads, with the given kernels.
func OpenMP(core string) (*Library, error) {
	once, _ := openmp.LoadOrStore(core, sync.OnceValues(func() (*Library, error) { return load(openmpPath, core) }))
	return once.(func() (*Library, error))()
}

// coreVariable is read by OpenBLAS while it is loaded.
const coreVariable = "OPENBLAS_CORETYPE"

// timeoutVariable is too: an idle thread keeps its processor for 2 to this power cycles.
// The default, a tenth of a second, would disturb whatever is measured next.
const (
	timeoutVariable = "OPENBLAS_THREAD_TIMEOUT"
	timeout         = "20"
)

// load loads a new copy of OpenBLAS with the kernels of the given family; "" leaves the
// choice to OpenBLAS.
func load(path, core string) (*Library, error) {
	if core != "" {
		defer clib.Setenv(coreVariable, core)()
	}
	if os.Getenv(timeoutVariable) == "" {
		defer clib.Setenv(timeoutVariable, timeout)()
	}
	c, err := clib.OpenCopy(path)
	if err != nil {
		return nil, err
	}
	lib := new(Library)
	var getCore, getConfig clib.Func
	err = c.Funcs(map[string]*clib.Func{
		"cblas_sgemm":              &lib.sgemm,
		"openblas_set_num_threads": &lib.setThreads,
		"openblas_get_corename":    &getCore,
		"openblas_get_config":      &getConfig,
	})
	if err != nil {
		return nil, err
	}
	if lib.BLAS, err = cblas.New(c); err != nil {
		return nil, err
	}
	lib.Core = clib.String(getCore)
	if core != "" && !strings.EqualFold(core, lib.Core) {
		return nil, fmt.Errorf("openblas: asked for %s kernels, got %s", core, lib.Core)
	}
	lib.Version = "unknown version"
	if words := strings.Fields(clib.String(getConfig)); len(words) > 1 {
		lib.Version = words[1] // "OpenBLAS 0.3.21 NO_LAPACKE ..."
	}
	lib.SetThreads(1)
	return lib, nil
}

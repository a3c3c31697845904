//go:build peers

package onednn

/*
#cgo CFLAGS: -O2
#cgo LDFLAGS: -ldnnl -lgomp
#cgo noescape tp_sgemm
#cgo nocallback tp_sgemm
#cgo noescape tp_run
#cgo nocallback tp_run
#include "onednn.h"
*/
import "C"

import (
	"fmt"
	"unsafe"
)

// Func is an elementwise function.
type Func int

// The functions that Affine and Eltwise take; an activation is one of the first four.
const (
	Identity Func = C.TP_IDENTITY
	Softplus Func = C.TP_SOFTPLUS // log(1 + e^x), oneDNN's soft_relu
	Sigmoid  Func = C.TP_SIGMOID  // oneDNN's logistic
	Tanh     Func = C.TP_TANH
	Exp      Func = C.TP_EXP
	Log      Func = C.TP_LOG
)

// Sgemm computes c = a b with dnnl_sgemm, all row-major: a m x k, b k x n, c m x n. It does
// so the given number of times, on that many threads. With transA a is stored k x m.
func Sgemm(threads int, transA bool, times, m, n, k int, a, b, c []float32) {
	if len(a) < m*k || len(b) < k*n || len(c) < m*n {
		panic("onednn: Sgemm: slice too short")
	}
	must("sgemm", C.tp_sgemm(C.int(threads), C.bool(transA), C.int(times), C.int(m), C.int(n), C.int(k), ptr(a), ptr(b), ptr(c)))
}

// Op is a prepared operation for one shape and one number of threads. Operations are not
// for concurrent use.
type Op struct {
	Kernel string // oneDNN's name of the implementation: "brg:avx512_core"

	op     *C.tp_op
	nx, ny int
}

// NewAffine prepares y = act(x w + bias) for x m x k, w k x n, bias of n, y m x n, all
// row-major. The weights are copied, in the layout that oneDNN prefers.
func NewAffine(threads, m, n, k int, w, bias []float32, act Func) (*Op, error) {
	if len(w) < k*n || len(bias) < n {
		panic("onednn: NewAffine: slice too short")
	}
	op := &Op{nx: m * k, ny: m * n}
	status := C.tp_affine_new(&op.op, C.int(threads), C.int(m), C.int(n), C.int(k), ptr(w), ptr(bias), C.int(act))
	return op.made("matmul", status)
}

// NewEltwise prepares y = f(x) on n elements.
func NewEltwise(threads, n int, f Func) (*Op, error) {
	op := &Op{nx: n, ny: n}
	return op.made("eltwise", C.tp_eltwise_new(&op.op, C.int(threads), C.int(n), C.int(f)))
}

func (op *Op) made(what string, status C.int) (*Op, error) {
	if status != 0 {
		return nil, fmt.Errorf("onednn: %s: status %d", what, status)
	}
	op.Kernel = C.GoString(C.tp_kernel(op.op))
	return op, nil
}

// Run computes y from x.
func (op *Op) Run(y, x []float32) {
	if len(x) < op.nx || len(y) < op.ny {
		panic("onednn: Run: slice too short")
	}
	must("run", C.tp_run(op.op, ptr(x), ptr(y)))
}

// Close frees the operation.
func (op *Op) Close() {
	C.tp_free(op.op)
	op.op = nil
}

// ISA returns the instruction set that oneDNN generates code for.
func ISA() string {
	isa := int(C.tp_isa())
	if name, ok := isaNames[isa]; ok {
		return name
	}
	return fmt.Sprintf("isa %#x", isa)
}

// isaNames are the values of dnnl_cpu_isa_t.
var isaNames = map[int]string{
	0x1: "sse41", 0x3: "avx", 0x7: "avx2", 0x407: "avx2_vnni",
	0x27: "avx512_core", 0x67: "avx512_core_vnni", 0xe7: "avx512_core_bf16", 0x3e7: "avx512_core_amx",
}

// Version returns the version of the library, such as "2.6.3".
func Version() string {
	var major, minor, patch C.int
	C.tp_version(&major, &minor, &patch)
	return fmt.Sprintf("%d.%d.%d", major, minor, patch)
}

func ptr(s []float32) *C.float { return (*C.float)(unsafe.SliceData(s)) }

// must panics: a prepared operation that fails to run is a mistake in this package.
func must(what string, status C.int) {
	if status != 0 {
		panic(fmt.Sprintf("onednn: %s: status %d", what, status))
	}
}

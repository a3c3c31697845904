//go:build openmpi || mpich

package mpi

/*
#include <signal.h>
#include <stdlib.h>
#include <mpi.h>

// What ends a process is told in a communicator of its own, where it cannot be
// taken for what the others still gather.
static MPI_Comm work, ends;

// The ranks that can have memory in common, and the first of each such set.
static MPI_Comm machine, leaders;
static MPI_Request ending;

static int start(int *rank, int *size) {
	// Go handles signals itself. A nil pointer is a panic there, and no crash.
	setenv("OMPI_MCA_opal_signal", "", 0);
	// A library that aborts because another rank has died has said why: the stacks
	// of all goroutines say nothing more.
	signal(SIGABRT, SIG_DFL);
	int level, code = MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &level);
	if (code != MPI_SUCCESS) return code;
	if (level < MPI_THREAD_SERIALIZED) return MPI_ERR_OTHER;
	MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN); // and of its duplicates
	if ((code = MPI_Comm_dup(MPI_COMM_WORLD, &work)) != MPI_SUCCESS) return code;
	if ((code = MPI_Comm_dup(MPI_COMM_WORLD, &ends)) != MPI_SUCCESS) return code;
	MPI_Comm_rank(work, rank);
	return MPI_Comm_size(work, size);
}

static int gather(int between, void *data, const int *counts, const int *begins) {
	return MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, data, counts, begins, MPI_BYTE, between ? leaders : work);
}

static int spread(int between, void *data, int count, int from) {
	return MPI_Bcast(data, count, MPI_BYTE, from, between ? leaders : work);
}

// split finds who can have memory in common, and is of one part; first[r] becomes
// the leader of rank r.
static int split(int part, int rank, int *first) {
	MPI_Comm near;
	int code, at;
	if ((code = MPI_Comm_split_type(work, MPI_COMM_TYPE_SHARED, rank, MPI_INFO_NULL, &near)) != MPI_SUCCESS) return code;
	if ((code = MPI_Comm_split(near, part, rank, &machine)) != MPI_SUCCESS) return code;
	MPI_Comm_free(&near);
	MPI_Comm_set_errhandler(machine, MPI_ERRORS_RETURN);
	MPI_Comm_rank(machine, &at);
	if ((code = MPI_Comm_split(work, at == 0 ? 0 : MPI_UNDEFINED, rank, &leaders)) != MPI_SUCCESS) return code;
	if (leaders != MPI_COMM_NULL) MPI_Comm_set_errhandler(leaders, MPI_ERRORS_RETURN);
	int leader = rank;
	if ((code = MPI_Bcast(&leader, 1, MPI_INT, 0, machine)) != MPI_SUCCESS) return code;
	return MPI_Allgather(&leader, 1, MPI_INT, first, 1, MPI_INT, work);
}

// share makes memory that a machine's leader has and its other ranks see.
static int share(long n, int leads, void **base, MPI_Win *window) {
	MPI_Aint size;
	int unit, code;
	if ((code = MPI_Win_allocate_shared(leads ? n : 0, 1, MPI_INFO_NULL, machine, base, window)) != MPI_SUCCESS) return code;
	return MPI_Win_shared_query(*window, 0, &size, &unit, base);
}

static int unshare(MPI_Win *window) { return MPI_Win_free(window); }

static int meet_machine(void) { return MPI_Barrier(machine); }

static int largest(int *value) { return MPI_Allreduce(MPI_IN_PLACE, value, 1, MPI_INT, MPI_MAX, work); }

static int wait_for_all(void) { return MPI_Barrier(work); }

static int end_begin(int *statuses) {
	return MPI_Iallgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, statuses, 1, MPI_INT, ends, &ending);
}

static int end_test(int *done) { return MPI_Test(&ending, done, MPI_STATUS_IGNORE); }

static int finish(void) { return MPI_Finalize(); }

static void end_all(int status) { MPI_Abort(MPI_COMM_WORLD, status); }

static int describe(int code, char *text) { int n = 0; MPI_Error_string(code, text, &n); return n; }

enum { longest = MPI_MAX_ERROR_STRING };
*/
import "C"

import (
	"fmt"
	"unsafe"
)

// library is the MPI that was linked. Its calls do not overlap.
type library struct{}

func (library) start() (rank, size int, err error) {
	var r, s C.int
	err = failure("start", C.start(&r, &s))
	return int(r), int(s), err
}

// gather brings chunks together, which begin at begins[r] and have counts[r]
// bytes: those of all ranks or, between machines, those of all leaders.
func (library) gather(between bool, data []byte, counts, begins []int32) error {
	return failure("gather", C.gather(flag(between), pointer(data), (*C.int)(&counts[0]), (*C.int)(&begins[0])))
}

// spread copies data from one rank, or leader, to all others.
func (library) spread(between bool, data []byte, from int) error {
	return failure("broadcast", C.spread(flag(between), pointer(data), C.int(len(data)), C.int(from)))
}

// split finds the leader of each rank: the first of those on its machine. The
// ranks of one machine that name different parts are as on different machines.
func (library) split(part, rank int, leader []int32) error {
	return failure("split", C.split(C.int(part), C.int(rank), (*C.int)(&leader[0])))
}

// share is memory that all ranks of a machine see.
func (library) share(n int, leads bool) (window, error) {
	var none C.MPI_Win
	w := window{of: (*C.MPI_Win)(C.calloc(1, C.size_t(unsafe.Sizeof(none))))}
	var base unsafe.Pointer
	if err := failure("share", C.share(C.long(n), flag(leads), &base, w.of)); err != nil {
		return window{}, err
	}
	if past := int(uintptr(base) % alignment); past != 0 {
		base = unsafe.Add(base, alignment-past)
	}
	w.data = unsafe.Slice((*byte)(base), n-alignment+1)
	return w, nil
}

// window is memory in common.
type window struct {
	data []byte
	of   *C.MPI_Win
}

// close gives it back, in all ranks of the machine together.
func (w window) close() error { return failure("unshare", C.unshare(w.of)) }

// meetMachine returns when all ranks of the machine have called it.
func (library) meetMachine() error { return failure("barrier", C.meet_machine()) }

// largest is the largest value of all ranks.
func (library) largest(value int32) (int32, error) {
	v := C.int(value)
	err := failure("reduce", C.largest(&v))
	return int32(v), err
}

// meet returns when all have called it.
func (library) meet() error { return failure("barrier", C.wait_for_all()) }

// endBegin begins to gather the statuses with which the ranks end. C memory: the
// gather goes on after the call.
func (library) endBegin(status, rank, size int) (*ending, error) {
	e := &ending{unsafe.Slice((*C.int)(C.calloc(C.size_t(size), C.size_t(unsafe.Sizeof(C.int(0))))), size)}
	e.statuses[rank] = C.int(status)
	return e, failure("end", C.end_begin(&e.statuses[0]))
}

// ending is a gather of statuses that goes on.
type ending struct{ statuses []C.int }

// done tells whether it is done.
func (e *ending) done() bool {
	var done C.int
	return C.end_test(&done) == C.MPI_SUCCESS && done != 0
}

func (e *ending) status(rank int) int { return int(e.statuses[rank]) }

func (library) finish() { C.finish() }

// endAll ends the processes of all ranks.
func (library) endAll(status int) { C.end_all(C.int(status)) }

func flag(on bool) C.int {
	if on {
		return 1
	}
	return 0
}

func pointer(data []byte) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(data)) }

// failure is the error of a call, or nil.
func failure(what string, code C.int) error {
	if code == C.MPI_SUCCESS {
		return nil
	}
	text := make([]C.char, C.longest)
	n := C.describe(code, &text[0])
	return fmt.Errorf("MPI: %s: %s", what, C.GoStringN(&text[0], n))
}

package plan

// sharedBytes is the memory from which threads share the work on vectors or on the rows of
// a matrix, which read or write each element once: to wake them takes some microseconds,
// in which one thread moves a quarter of that from the second-level cache.
const sharedBytes = 1 << 19

// Shares tells whether threads share work that goes once through so much memory.
func Shares(bytes, threads int) bool { return threads > 1 && bytes >= sharedBytes }

// Package threads divides work among goroutines that wait for it.
//
// A [Pool] serves one call of [Pool.Split], [Pool.Each], [Pool.Relay] or
// [Pool.Pieces] at a time. A call that finds the pool busy does all of its work
// on the caller's goroutine: a call by another goroutine, or one from inside fn.
// A nil *Pool is one thread, the caller's; it allocates nothing.
//
// # Panics
//
// A panic in fn, on any thread, reaches the caller with its own value, after all
// threads have left fn. It leaves the pool working. The first panic counts; later
// ones of the same call are dropped. After it no thread begins another item of
// Each, stage of Relay or piece of Pieces. If nothing recovers it, the runtime
// prints the stack of the worker where it began above that of the caller.
//
// [runtime.Goexit] in fn on the caller's goroutine ends that goroutine, as it would
// without a pool. It leaves the pool working and counts like a panic. On a worker
// it makes the call panic with [Exited], unless a panic or Goexit of the caller or
// a panic of a worker ends the call anyway.
package threads

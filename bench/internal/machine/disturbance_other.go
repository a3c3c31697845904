//go:build !unix

package machine

// Preemptions is not known here.
func Preemptions() (n int64, ok bool) { return 0, false }

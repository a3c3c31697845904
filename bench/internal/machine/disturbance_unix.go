//go:build unix

package machine

import "syscall"

// Preemptions is how often the operating system has taken the CPU away from
// this process since it began, to run something else.
func Preemptions() (n int64, ok bool) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, false
	}
	return int64(usage.Nivcsw), true
}

//go:build unix

package atomicfile

import "syscall"

// nonBlocking has opening a pipe not wait for its other end.
const nonBlocking = syscall.O_NONBLOCK

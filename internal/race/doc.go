// Package race tells tests whether the race detector is on. A sync.Pool then forgets
// at random, so that there is always something to allocate.
package race

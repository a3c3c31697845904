//go:build race

package kernels

// raceDetector tells whether the race detector is on. A sync.Pool then forgets at
// random, so that there is always something to allocate.
const raceDetector = true

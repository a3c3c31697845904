// Package random has the random numbers of the method that [kernels.Noise] does
// not draw, and the streams of those that it does.
package random

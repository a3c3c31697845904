//go:build peers && cgo

package peers

// looped is a product that a library computes several times in one call.
func looped(loop func(times, m, n, k int, a, b, c []float32)) Product {
	return Product{Once: func(m, n, k int, a, b, c []float32) { loop(1, m, n, k, a, b, c) }, Loop: loop}
}

//go:build peers && cgo

package peers

// cBuild says whether the program was built to call C libraries.
const cBuild = true

// looped is a product that a library computes several times in one call.
func looped(loop func(times, m, n, k int, a, b, c []float32)) Product {
	return Product{Once: func(m, n, k int, a, b, c []float32) { loop(1, m, n, k, a, b, c) }, Loop: loop}
}

// addC adds the libraries that are called through cgo.
func (f *found) addC() {
	f.addOpenBLAS()
	f.peers = append(f.peers, onednnPeer())
	f.addBLIS()
}

//go:build peers && cgo

package peers

// cBuild says whether the program was built to call C libraries.
const cBuild = true

// once is the product that is repeated once.
func once(loop func(times, m, n, k int, a, b, c []float32)) Gemm {
	return func(m, n, k int, a, b, c []float32) { loop(1, m, n, k, a, b, c) }
}

// addC adds the libraries that are called through cgo.
func (f *found) addC() {
	f.addOpenBLAS()
	f.peers = append(f.peers, onednnPeer())
	f.addBLIS()
}

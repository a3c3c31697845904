//go:build goexperiment.simd && amd64

package peers

// addSIMD adds the libraries that need GOEXPERIMENT=simd.
func (f *found) addSIMD() {
	f.peers = append(f.peers, highwayPeer())
	if p, ok := gomlxPeer(); ok {
		f.peers = append(f.peers, p)
	} else {
		f.lack("gomlx", "no AVX-512")
	}
}

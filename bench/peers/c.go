//go:build peers && cgo

package peers

// cBuild says whether the program was built to call C libraries.
const cBuild = true

// addC adds the libraries that are called through cgo.
func (f *found) addC() {
	f.addOpenBLAS()
	f.peers = append(f.peers, onednnPeer())
	f.addBLIS()
	f.peers = append(f.peers, libxsmmPeer())
}

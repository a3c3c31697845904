//go:build !goexperiment.simd || !amd64

package peers

// addSIMD notes what is left out.
func (f *found) addSIMD() {
	for _, name := range []string{"go-highway", "gomlx"} {
		f.lack(name, "built without GOEXPERIMENT=simd on amd64")
	}
}

//go:build !peers || !cgo

package peers

// cBuild says whether the program was built to call C libraries.
const cBuild = false

// addC notes what is left out.
func (f *found) addC() {
	for _, name := range []string{"OpenBLAS", "oneDNN", "BLIS", "libxsmm"} {
		f.lack(name, "built without the tag peers")
	}
}

//go:build peers && cgo

package peers

import "github.com/targetprop/targetprop/bench/internal/clib"

// blisPath is where Debian's libblis4-openmp puts the library.
const blisPath = "/usr/lib/x86_64-linux-gnu/blis-openmp/libblis.so.4"

// addBLIS adds BLIS with the kernels it chooses; BLIS_ARCH_TYPE overrides its choice (0 is
// AVX-512, 3 Haswell, 6 Zen 3 in version 0.9).
func (f *found) addBLIS() {
	lib, err := clib.Open(blisPath)
	if err != nil {
		f.lack("BLIS", err.Error())
		return
	}
	var sgemm, setThreads, archID, archName, version clib.Func
	err = lib.Funcs(map[string]*clib.Func{
		"cblas_sgemm":                &sgemm,
		"bli_thread_set_num_threads": &setThreads,
		"bli_arch_query_id":          &archID,
		"bli_arch_string":            &archName,
		"bli_info_get_version_str":   &version,
	})
	if err != nil {
		f.lack("BLIS", err.Error())
		return
	}
	product := func(transA bool) Product {
		return Looped(func(times, m, n, k int, a, b, c []float32) {
			clib.Sgemm(sgemm, transA, times, m, n, k, a, b, c)
		})
	}
	f.peers = append(f.peers, Peer{
		Name:       "BLIS",
		Detail:     clib.String(version) + ", " + clib.StringOf(archName, clib.Int(archID)),
		Sgemm:      product(false),
		SgemmTN:    product(true),
		SetThreads: func(n int) { clib.SetLong(setThreads, n) },
	})
}

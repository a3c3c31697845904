package peak

import (
	"github.com/targetprop/targetprop/gen/arm64"
	"github.com/targetprop/targetprop/gen/vec"
)

// neonChains is more than any core's latency times its throughput (at most 4
// cycles times 4 a cycle).
const neonChains = 24

// NEON builds the loop on 4-lane registers.
func NEON(file *arm64.File) {
	name := Func.Name + "NEON"
	f := file.Function(name, vec.Signature(Func, 4), doc(name, neonChains, 4))
	n := f.NewParam("n")
	f.Entry()
	zero := f.Constant([4]uint32{})
	var acc [neonChains]*arm64.V
	for i := range acc {
		acc[i] = f.Copy(zero)
	}
	f.Label("loop")
	for i := range acc {
		f.OpTo(acc[i], arm64.FMLA, zero, zero)
	}
	f.Do("SUBS", "$1, %v, %v", n, n)
	f.Branch("loop", "BNE", "")
	f.Return()
}

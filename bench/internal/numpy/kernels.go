package numpy

import (
	"os"
	"time"

	"golang.org/x/sys/cpu"
)

// Fastest is the family of OpenBLAS's kernels whose product of a middle size is fastest on
// this machine: OpenBLAS's own choice, which is "", its AVX-512 family or its AVX2 family.
// OpenBLAS chooses poorly on processors that are newer than itself. If OPENBLAS_CORETYPE is
// set, it has decided.
func (p *NumPy) Fastest() (string, error) {
	if core := os.Getenv(coreVariable); core != "" {
		return core, nil
	}
	cores := []string{""}
	if cpu.X86.HasAVX512F {
		cores = append(cores, "SkylakeX")
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		cores = append(cores, "Haswell")
	}
	const n, runs = 512, 5
	a := make([]float64, n*n)
	for i := range a {
		a[i] = float64(i % 7)
	}
	best, least := "", time.Duration(0)
	for _, core := range cores {
		q, err := p.Start("Mul", core, 1, n, a, a)
		if err != nil {
			return "", err
		}
		q.Run(1)
		t := q.Run(1)
		for range runs {
			t = min(t, q.Run(1))
		}
		q.Close()
		if least == 0 || t < least {
			best, least = core, t
		}
	}
	return best, nil
}

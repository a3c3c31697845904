// Package breakdown says what a program spends its time on, by the kind of
// kernel, from a CPU profile.
package breakdown

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/google/pprof/profile"
)

// Part is a kind of work and its share of the time.
type Part struct {
	Name      string
	Share     float64
	Error     float64 // standard error of Share, from the number of samples
	Functions []Function
}

// Function is a function and its share of all the time, without its callees.
type Function struct {
	Name  string
	Share float64
}

// Breakdown is a profile by parts.
type Breakdown struct {
	Samples int64
	Parts   []Part // in the order of the rules, then other
}

// Profile repeats call for that long and says what it spent its time on.
func Profile(d time.Duration, call func() error) (Breakdown, error) {
	var buffer bytes.Buffer
	if err := pprof.StartCPUProfile(&buffer); err != nil {
		return Breakdown{}, err
	}
	var err error
	for start := time.Now(); time.Since(start) < d && err == nil; {
		err = call()
	}
	pprof.StopCPUProfile()
	if err != nil {
		return Breakdown{}, err
	}
	p, err := profile.Parse(&buffer)
	if err != nil {
		return Breakdown{}, fmt.Errorf("breakdown: %w", err)
	}
	return attribute(p), nil
}

// attribute adds up the samples by the function that was running: the innermost
// one, where functions are inlined.
func attribute(p *profile.Profile) Breakdown {
	counts := map[string]int64{}
	var total int64
	for _, s := range p.Sample {
		if len(s.Value) == 0 || ofForeignThread(s) {
			continue
		}
		name := frame(s, 0)
		if name == "" {
			name = "unknown"
		}
		counts[shorten(name)] += s.Value[0]
		total += s.Value[0]
	}
	b := Breakdown{Samples: total}
	for _, name := range partNames() {
		b.Parts = append(b.Parts, Part{Name: name})
	}
	if total == 0 {
		return b
	}
	share := func(count int64) float64 { return float64(count) / float64(total) }
	ofPart := make([]int64, len(b.Parts)) // whole numbers: a sum of shares would depend on the order
	for name, count := range counts {
		i := slices.IndexFunc(b.Parts, func(p Part) bool { return p.Name == partOf(name) })
		ofPart[i] += count
		b.Parts[i].Functions = append(b.Parts[i].Functions, Function{name, share(count)})
	}
	for i := range b.Parts {
		p := &b.Parts[i]
		p.Share = share(ofPart[i])
		p.Error = math.Sqrt(p.Share * (1 - p.Share) / float64(total))
		slices.SortFunc(p.Functions, func(a, b Function) int {
			return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Name, b.Name))
		})
	}
	return b
}

// frame is the name of a function on a sample's stack, 0 being the one that
// was running; "" if it has none.
func frame(s *profile.Sample, i int) string {
	if i >= len(s.Location) || len(s.Location[i].Line) == 0 || s.Location[i].Line[0].Function == nil {
		return ""
	}
	return s.Location[i].Line[0].Function.Name
}

// ofForeignThread tells whether a sample is of a thread that Go did not start:
// those of a C library that was measured before poll for more work a while. The
// runtime notes their address and a function of its own below it.
func ofForeignThread(s *profile.Sample) bool {
	return frame(s, 0) == "" && frame(s, 1) == "runtime._ExternalCode"
}

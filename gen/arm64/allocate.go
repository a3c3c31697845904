package arm64

import (
	"fmt"
	"math/bits"
)

// allocate finds a register for every vector, by linear scan, and returns the
// text. It gives invariants as many of the registers as it can.
func (f *Func) allocate() ([]string, error) {
	invariants := f.byGain()
	for hoisted := len(invariants); ; hoisted-- {
		text, err := scan(f.withLoads(invariants[:hoisted]))
		if err == nil || hoisted == 0 {
			return text, err
		}
	}
}

// scan walks through the lines once. A vector takes the lowest free register
// when it is set and gives it back after its last use.
func scan(lines []line) ([]string, error) {
	var text []string
	last := lastUses(lines)
	register := map[*V]int{}
	free := ^uint32(0)
	for i, l := range lines {
		take := func() (int, error) {
			if free == 0 {
				return 0, fmt.Errorf("no vector register left for line %d of %d: %d are live", i, len(lines), vectorRegisters)
			}
			r := bits.TrailingZeros32(free)
			free &^= 1 << r
			return r, nil
		}
		release := func() {
			for v, r := range register {
				if last[v] <= i {
					free |= 1 << r
					delete(register, v)
				}
			}
		}
		if l.label != "" {
			text = append(text, l.label+":")
			continue
		}
		src := make([]int, len(l.src))
		for j, v := range l.src {
			r, ok := register[v]
			if !ok {
				return nil, fmt.Errorf("line %d of %d reads a vector that is not set", i, len(lines))
			}
			src[j] = r
		}
		d, inPlace := register[l.dst]
		var err error
		switch {
		case inPlace:
			// An accumulator or a counter: it keeps its register.
		case l.tied && last[l.src[0]] == i:
			d = src[0]
			delete(register, l.src[0])
		case l.tied:
			// The copy comes first, so the other sources must not lie in d.
			if d, err = take(); err == nil {
				text = append(text, fmt.Sprintf("%-6s V%d.B16, V%d.B16", "VMOV", src[0], d))
			}
		}
		release()
		if l.dst != nil && !inPlace && !l.tied {
			d, err = take()
		}
		if err != nil {
			return nil, err
		}
		if l.dst != nil {
			register[l.dst] = d
		}
		if l.text != nil {
			text = append(text, l.text(d, src)...)
		}
	}
	return text, nil
}

// lastUses is the last line at which each vector must keep its register. One
// that is set before a loop and used in it must do so to the loop's end.
func lastUses(lines []line) map[*V]int {
	first, last := map[*V]int{}, map[*V]int{}
	labels := map[string]int{}
	type loop struct{ begin, end int }
	var loops []loop
	for i, l := range lines {
		touched := l.src
		if l.dst != nil {
			touched = append([]*V{l.dst}, l.src...)
		}
		for _, v := range touched {
			if _, ok := first[v]; !ok {
				first[v] = i
			}
			last[v] = i
		}
		if l.label != "" {
			labels[l.label] = i
		}
		if begin, ok := labels[l.branch]; ok {
			loops = append(loops, loop{begin, i})
		}
	}
	// An inner loop ends before the one around it, so one pass suffices.
	for _, loop := range loops {
		for v := range first {
			if first[v] < loop.begin && loop.begin <= last[v] {
				last[v] = max(last[v], loop.end)
			}
		}
	}
	return last
}

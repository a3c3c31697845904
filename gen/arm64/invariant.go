package arm64

import (
	"cmp"
	"fmt"
	"slices"
)

// Invariants are values that do not change while a function runs. Func loads
// them once, at Entry, while there are registers; the others before each use.

// Entry says that from here on invariants may be loaded: the addresses they need
// are in registers, and no loop has begun.
func (f *Func) Entry() {
	f.constants = f.GP()
	f.entry = len(f.lines)
}

// Constant is a vector from the file's constants.
func (f *Func) Constant(lanes [4]uint32) *V {
	f.constant = true
	offset := f.vectors.offset(lanes)
	return f.invariant(fmt.Sprintf("%d(constants)", offset), func(d int) []string {
		return []string{instruction("FMOVQ", "%d(%v), F%d", offset, f.constants, d)}
	})
}

// ParamLanes is a parameter of 32 bits in every lane.
func (f *Func) ParamLanes(name string) *V { return f.word(f.Param(name)) }

// WordLanes is a word of memory that does not change, in every lane.
func (f *Func) WordLanes(base GP, offset int) *V { return f.word(fmt.Sprintf("%d(%v)", offset, base)) }

func (f *Func) word(address string) *V {
	return f.invariant(address, func(d int) []string {
		return []string{
			instruction("FMOVS", "%s, F%d", address, d),
			instruction("VDUP", "V%d.S[0], V%d.S4", d, d),
		}
	})
}

// invariant returns the value that load computes; it is known by name.
func (f *Func) invariant(name string, load func(d int) []string) *V {
	if v, ok := f.invariants[name]; ok {
		return v
	}
	if f.entry < 0 {
		panic(fmt.Sprintf("arm64: %s uses %s before Entry", f.decl.Name, name))
	}
	v := &V{load: load}
	f.invariants[name] = v
	return v
}

// byGain lists the invariants that loading at Entry saves instructions, most
// first.
func (f *Func) byGain() []*V {
	var order []*V
	gain := map[*V]int{}
	for _, l := range f.lines {
		for j, v := range l.src {
			if v.load == nil || slices.Contains(l.src[:j], v) {
				continue
			}
			if !slices.Contains(order, v) {
				order = append(order, v)
			}
			gain[v] += len(v.load(0))
			if l.tied && j == 0 {
				gain[v]-- // a copy in place of the load
			}
		}
	}
	order = slices.DeleteFunc(order, func(v *V) bool { return gain[v] == 0 })
	slices.SortStableFunc(order, func(a, b *V) int { return cmp.Compare(gain[b], gain[a]) })
	return order
}

// withLoads is the function with the loads of its invariants: at Entry those of
// hoisted, before each use those of the others.
func (f *Func) withLoads(hoisted []*V) []line {
	var out []line
	load := func(dst, v *V) {
		out = append(out, line{dst: dst, text: func(d int, _ []int) []string { return v.load(d) }})
	}
	for i, l := range f.lines {
		if i == f.entry && f.constant {
			address := instruction("MOVD", "$%s(SB), %v", constantsSymbol, f.constants)
			out = append(out, line{text: func(int, []int) []string { return []string{address} }})
		}
		if i == f.entry {
			for _, v := range hoisted {
				load(v, v)
			}
		}
		loaded := map[*V]*V{}
		src := slices.Clone(l.src)
		for j, v := range src {
			if v.load == nil || slices.Contains(hoisted, v) {
				continue
			}
			if loaded[v] == nil {
				loaded[v] = &V{}
				load(loaded[v], v)
			}
			src[j] = loaded[v]
		}
		l.src = src
		out = append(out, l)
	}
	return out
}

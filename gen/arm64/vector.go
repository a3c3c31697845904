package arm64

// Op applies op and returns the result. A tied instruction's first source is
// what its destination holds before; it does not change.
func (f *Func) Op(op *Op, src ...*V) *V {
	dst := &V{}
	f.op(op, dst, src)
	return dst
}

// OpTo applies op to acc and src and leaves the result in acc.
func (f *Func) OpTo(acc *V, op *Op, src ...*V) { f.op(op, acc, append([]*V{acc}, src...)) }

func (f *Func) op(op *Op, dst *V, src []*V) {
	f.lines = append(f.lines, line{dst: dst, src: src, tied: op.tied, text: func(d int, src []int) []string {
		if op.tied {
			src = src[1:]
		}
		return []string{op.text(append([]int{d}, src...))}
	}})
}

// Shift shifts lanes by a constant.
func (f *Func) Shift(s *Shift, a *V, bits uint8) *V {
	return f.define([]*V{a}, func(d int, src []int) []string { return []string{s.text(d, src[0], bits)} })
}

// Copy is a in a register that may be changed.
func (f *Func) Copy(a *V) *V {
	dst := &V{}
	f.lines = append(f.lines, line{dst: dst, src: []*V{a}, tied: true})
	return dst
}

// Load reads four lanes.
func (f *Func) Load(base GP, offset int) *V {
	return f.define(nil, func(d int, _ []int) []string {
		return []string{instruction("FMOVQ", "%d(%v), F%d", offset, base, d)}
	})
}

// Store writes four lanes.
func (f *Func) Store(v *V, base GP, offset int) {
	f.use(v, func(s int) []string { return []string{instruction("FMOVQ", "F%d, %d(%v)", s, offset, base)} })
}

// LoadLane reads the first lane from an address in Go's syntax and clears the
// others.
func (f *Func) LoadLane(address string) *V { return f.define(nil, loadLane(address)) }

// LoadDouble reads the first of two lanes and clears the other.
func (f *Func) LoadDouble(address string) *V {
	return f.define(nil, func(d int, _ []int) []string { return []string{instruction("FMOVD", "%s, F%d", address, d)} })
}

// StoreDouble writes the first of two lanes.
func (f *Func) StoreDouble(v *V, base GP) {
	f.use(v, func(s int) []string { return []string{instruction("FMOVD", "F%d, (%v)", s, base)} })
}

func loadLane(address string) func(d int, _ []int) []string {
	return func(d int, _ []int) []string { return []string{instruction("FMOVS", "%s, F%d", address, d)} }
}

// LoadPart reads the first n = 1, 2 or 3 lanes and clears the others. It
// changes scratch.
func (f *Func) LoadPart(base, n, scratch GP) *V {
	done := f.newLabel("loaded")
	return f.define(nil, func(d int, _ []int) []string {
		return []string{
			instruction("FMOVS", "(%v), F%d", base, d),
			instruction("TBZ", "$1, %v, %s", n, done),
			instruction("ADD", "$4, %v, %v", base, scratch),
			instruction("VLD1", "(%v), V%d.S[1]", scratch, d),
			instruction("TBZ", "$0, %v, %s", n, done),
			instruction("ADD", "$8, %v, %v", base, scratch),
			instruction("VLD1", "(%v), V%d.S[2]", scratch, d),
			done + ":",
		}
	})
}

// StorePart writes the first n = 1, 2 or 3 lanes. It changes scratch.
func (f *Func) StorePart(v *V, base, n, scratch GP) {
	done := f.newLabel("stored")
	f.use(v, func(s int) []string {
		return []string{
			instruction("FMOVS", "F%d, (%v)", s, base),
			instruction("TBZ", "$1, %v, %s", n, done),
			instruction("ADD", "$4, %v, %v", base, scratch),
			instruction("VST1", "V%d.S[1], (%v)", s, scratch),
			instruction("TBZ", "$0, %v, %s", n, done),
			instruction("ADD", "$8, %v, %v", base, scratch),
			instruction("VST1", "V%d.S[2], (%v)", s, scratch),
			done + ":",
		}
	})
}

// Broadcast is the low word of r in every lane.
func (f *Func) Broadcast(r GP) *V {
	return f.define(nil, func(d int, _ []int) []string { return []string{instruction("VDUP", "%v, V%d.S4", r, d)} })
}

// BroadcastDouble is r in both lanes of float64.
func (f *Func) BroadcastDouble(r GP) *V {
	return f.define(nil, func(d int, _ []int) []string { return []string{instruction("VDUP", "%v, V%d.D2", r, d)} })
}

// define adds a line that sets a new register.
func (f *Func) define(src []*V, text func(d int, src []int) []string) *V {
	dst := &V{}
	f.lines = append(f.lines, line{dst: dst, src: src, text: text})
	return dst
}

// use adds a line that only reads v.
func (f *Func) use(v *V, text func(s int) []string) {
	f.lines = append(f.lines, line{src: []*V{v}, text: func(_ int, src []int) []string { return text(src[0]) }})
}

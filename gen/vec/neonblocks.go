package vec

import "github.com/targetprop/targetprop/gen/arm64"

// Blocks writes the function: a loop over blocks, in it one over their parts.
func (m *NEON) Blocks(f Func, body func()) {
	n := m.begin(f)
	c := m.f
	parts := c.GP()
	c.Entry()
	// From part to part and from block to block the counter grows by the lanes.
	m.counter = c.Op(arm64.ADD, c.Shift(arm64.SHL, c.ParamLanes("first"), 4), c.Constant(laneNumbers))
	c.Label("block")
	c.Do("MOVD", "$%d, %v", blockColumns/m.lanes, parts)
	c.Label("part")
	body()
	c.OpTo(m.counter, arm64.ADD, m.bits(uint64(m.lanes)))
	for _, name := range f.Operands {
		c.Do("ADD", "$%d, %v", neonBytes, m.pointers[name])
	}
	c.Do("SUBS", "$1, %v, %v", parts, parts)
	c.Branch("part", "BNE", "")
	for _, name := range f.Operands {
		c.Do("ADD", "$%d, %v", 4*(blockElements-blockColumns), m.pointers[name])
	}
	c.Do("SUBS", "$1, %v, %v", n, n)
	c.Branch("block", "BNE", "")
	c.Label("done")
	c.Return()
}

// A block is 4 words of each of 16 counters.
const (
	blockColumns  = 16
	blockElements = 64
)

// LoadAt reads a vector of the current part of a block.
func (m *NEON) LoadAt(name string, offset int) V { return m.f.Load(m.pointers[name], 4*offset) }

// StoreAt writes a vector of the current part of a block.
func (m *NEON) StoreAt(name string, offset int, v V) {
	m.f.Store(v.(*arm64.V), m.pointers[name], 4*offset)
}

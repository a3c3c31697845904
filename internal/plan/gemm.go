package plan

import "github.com/targetprop/targetprop/internal/simd/isa"

// OfGemm makes the plan of a product. No side is empty. [IsSmall] is asked before, and
// what is small takes no plan.
func OfGemm(p *Problem) Plan {
	if p.hasFewColumns() {
		return Plan{Way: Transposed}
	}
	plan := Plan{Share: p.share()}
	if p.isByVectors() {
		plan.Way = Vectors
		return plan
	}
	p.inBlocks(&plan)
	return plan
}

// OfRight makes the plan of a product whose B was packed before, in blocks of the size of
// [RightBlock]. No side is empty. What [RightInRows] tells of has the plan of [OfGemm].
func OfRight(p Problem) Plan {
	p.TransB = true                                    // which is always packed, and in such blocks
	p.Scaled, p.Negated = p.Scaled || p.Negated, false // B is packed without a sign
	plan := Plan{Share: p.share()}
	p.inBlocks(&plan)
	return plan
}

// RightInRows tells whether a B that is packed for any product, k x n, stays in rows. Products
// by a small one, or by one of few columns, are computed as if nobody had packed it: from
// panels they took up to eight times as long on a Zen 3.
func RightInRows(k, n int) bool { return n <= isa.GemvVectors || max(k, n) <= smallSize }

// RightBlock is the most rows and columns of a block of a B that is packed for any product.
func RightBlock(i isa.ISA, size, k, n int) (rows, columns int) {
	var plan Plan
	p := Problem{ISA: i, Size: size, TransB: true, M: 1, N: n, K: k}
	p.sizeBlocks(&plan)
	return plan.BlockK, plan.BlockN
}

// inBlocks decides everything below Share.
func (p *Problem) inBlocks(plan *Plan) {
	if p.isShort() {
		plan.Order = Along
	}
	plan.A = p.left(plan.Order)
	if plan.A == InColumns {
		plan.TileRows = ColumnsRows(p.ISA, p.panel(), p.M)
	}
	p.sizeBlocks(plan)
	plan.B = p.right(plan)
	if p.Negated {
		p.negate(plan)
	}
	plan.PassRows = p.passRows(plan)
	if p.prefetches() {
		plan.StepsOn = stepsOn(plan)
	} else {
		plan.ColumnsOn = 0
	}
}

// negate decides which factor takes the sign: one that is copied anyway, else the smaller
// one. (-a)*b is a*(-b), whatever they are.
func (p *Problem) negate(plan *Plan) {
	switch {
	case plan.B == Packed:
		plan.NegateB = true
	case plan.A != InPlace:
	case p.N <= p.M:
		plan.B, plan.NegateB = Packed, true
	default:
		plan.A = Copied
	}
}

// hasFewColumns tells whether a product is computed as its transpose: one of up to 4
// columns, which would leave most lanes of a tile empty, and of 64 rows and 4 KB of A at
// least. Two columns or more have to be turned, which pays from 48 multiply-adds a column
// in each chain on. A must not be scaled: in the transpose it is the right factor, and
// only the left one can be.
func (p *Problem) hasFewColumns() bool {
	const rows, memory, chain = 64, 4 << 10, 48
	if p.Scaled || p.Triangle || p.N > isa.GemvVectors || p.M < rows || p.bytes(p.M*p.K) < memory || p.K < isa.GemvColumns || p.N > 1 && p.K < p.N*chain {
		return false
	}
	return p.ISA.GemvRows(p.panel()) > 0 || p.TransA && p.ISA != isa.Generic
}

// isByVectors tells whether up to 4 rows of A meet a B that is stored transposed and is
// large enough for the kernel.
func (p *Problem) isByVectors() bool {
	rows := p.ISA.GemvRows(p.panel())
	return !p.Triangle && p.TransB && rows > 0 && p.M <= isa.GemvVectors && p.N >= rows && p.K >= isa.GemvColumns
}

// share decides what threads divide. Below a million multiply-adds that is nothing: to
// wake them costs more than they save. Of a product of few rows it is the columns, so
// that each thread reads a part of B only.
func (p *Problem) share() Share {
	const work = 1 << 20
	switch {
	case p.Threads == 1 || int64(p.M)*int64(p.N)*int64(p.K) < work:
		return Alone
	case p.Triangle:
		return ByRows
	case p.M <= isa.GemvVectors || p.M <= fewRows && p.N >= ColumnsUnit(p.panel())*p.Threads:
		return ByColumns
	default:
		return ByRows
	}
}

// ColumnsUnit is how many columns threads leave together: those of the widest tile.
func ColumnsUnit(panel int) int { return isa.WidestPanels * panel }

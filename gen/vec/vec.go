// Package vec is a small language of vector operations in which every
// elementwise kernel is written once. A Machine turns it into the instructions
// of one instruction set.
//
// A Machine has elements of float32 or of float64, and integers of as many bits.
// Every operation is one IEEE 754 or one integer operation on
// each lane, so a program means the same on every machine, and the same as its
// plain-Go definition below internal/simd. What an operation does otherwise on a
// machine without the instruction must mean the same to the program.
//
// Blocks, Index, parameters beside operands, Sqrt, ShiftRightSigned, FromInt and the
// products of integers are for float32: nothing else needs them.
package vec

// V is a vector register of a Machine.
type V any

// Mask is the result of a comparison on a Machine: true or false in each lane.
type Mask any

// Wide is a vector of 32-bit integers in the layout that the Machine's products of 64
// bits leave them in.
type Wide any

// Machine is an instruction set. Operands are never changed unless the method
// says so; results are new registers.
type Machine interface {
	// Suffix ends the names of the machine's functions: "AVX2".
	Suffix() string
	// Size is the bytes of an element: 4 or 8.
	Size() int

	// Map begins and ends a function that applies body to every element of
	// its operands, which are matrices of one shape.
	Map(f Func, body func())
	// Blocks begins and ends a function that applies body to n whole blocks of
	// 64 elements. For each block body runs once for every part, a vector's
	// width of the lanes 0 to 15; element 16*w + lane of the block, for words w
	// = 0 to 3, is at LoadAt and StoreAt offset 16*w.
	Blocks(f Func, body func())
	LoadAt(operand string, offset int) V
	StoreAt(operand string, offset int, v V)
	// Index numbers the lanes: in Map the column; in Blocks 16*(first + block) +
	// lane, where first is a parameter of the function.
	Index() V
	// Load is the vector of the named operand at the current place.
	Load(operand string) V
	// Store writes v to the named operand at the current place.
	Store(operand string, v V)
	// Scalar is the named float32 or uint32 parameter in every lane.
	Scalar(name string) V
	// Table is the i-th word of the named table in every lane.
	Table(name string, i int) V

	Float(x float64) V // x, which an element holds exactly, in every lane
	Bits(x uint64) V   // x in every lane
	Copy(a V) V        // in a new register

	Add(a, b V) V
	Sub(a, b V) V
	Mul(a, b V) V
	Div(a, b V) V
	Sqrt(a V) V
	// FMA is a*b+c and NegFMA c-a*b, rounded once.
	FMA(a, b, c V) V
	NegFMA(a, b, c V) V
	// Horner sets p to p*x+c, rounded once.
	Horner(p *V, x, c V)
	// Scale is p * 2^n, rounded once, for whole numbers n as float32. A machine that
	// has no instruction for it computes the same otherwise.
	Scale(p, n V, otherwise func() V) V
	// Normalize takes positive numbers apart, subnormal ones too: x = y * 2^k, where
	// y is normal; which y is up to the machine.
	Normalize(x V, otherwise func() (y, k V)) (y, k V)
	// FixLog is r or, where x is not positive or not finite, the logarithm of x.
	FixLog(r, x V, otherwise func() V) V
	// Max is a where a > b, else b; Min is a where a < b, else b.
	Max(a, b V) V
	Min(a, b V) V

	Greater(a, b V) Mask
	GreaterEqual(a, b V) Mask
	// Select is a where m holds, else b.
	Select(m Mask, a, b V) V
	// Keep is a where m holds, else 0.
	Keep(m Mask, a V) V

	And(a, b V) V
	// AndNot is a with the bits of b cleared.
	AndNot(a, b V) V
	Or(a, b V) V
	Xor(a, b V) V
	AddInt(a, b V) V
	SubInt(a, b V) V
	ShiftLeft(a V, bits uint8) V
	ShiftRight(a V, bits uint8) V       // zeros enter
	ShiftRightSigned(a V, bits uint8) V // sign bits enter
	// FromInt is the signed integer as a float32, rounded to nearest even.
	FromInt(a V) V
	// Widen lays integers out for multiplication, WidenSame those that are the
	// same in every lane, and Narrow lays them out as before.
	Widen(a V) Wide
	WidenSame(a V) Wide
	Narrow(a Wide) V
	// MulWide is the high and the low half of the unsigned product of each lane
	// with a constant.
	MulWide(a Wide, b uint32) (hi, lo Wide)
	// XorWide is a ^ b ^ c, where c is the same in every lane. It may change a.
	XorWide(a, b Wide, c V) Wide
}

// Func declares a function that maps over matrices.
type Func struct {
	Name     string // without the machine's suffix
	Doc      []string
	Operands []string // matrices: a pointer and a row stride in elements each
	Scalars  []string // float32 parameters
	Words    []string // uint32 parameters
	Tables   []string // pointers to uint32
	// Flat functions have one row: no row count, no strides.
	Flat bool
	// Tile functions work on the tiles of a product, whose rows are short.
	Tile bool
	// Chain functions read in a row what they stored in the one before: an operand may have
	// a stride of 0.
	Chain bool
}

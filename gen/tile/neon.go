package tile

import (
	"fmt"

	"github.com/targetprop/targetprop/gen/arm64"
)

// The budget of NEON's 32 registers: 24 accumulators, 4 of B, 4 elements of A.
// An element of A is multiplied from its register's lowest lane: to broadcast it
// would take turns from the multipliers.
const (
	neonRows    = 6
	neonVectors = 4 // in a row of 16 columns
	neonAhead   = 4 // elements of A that are loaded ahead of their use
	neonBytes   = 16
)

// NEON builds the NEON micro-kernel for float32.
func NEON(file *arm64.File) { neon(file, float32s) }

// NEONDouble builds that for float64.
func NEONDouble(file *arm64.File) { neon(file, float64s) }

func neon(file *arm64.File, of element) {
	s := shape{of: of, kind: "Tile", isa: "NEON", rows: neonRows, vectors: []int{16, 16, 16, 16}}
	file.Types = of.types()
	f := file.Function(s.name(), signatureText, s.doc()...)
	n := neonTile{of: of, f: f, t: f.NewParam("t"), k: f.GP(), a: f.GP(), ks: f.GP(), b: f.GP(), bs: f.GP(), base: f.GP(), step: f.GP()}
	for i := range n.row {
		n.row[i] = f.GP()
	}
	m := f.GP()
	n.load("M", m)
	f.Label("rows")
	for rows := neonRows; rows > 1; rows-- {
		f.Do("CMP", "$%d, %v", rows, m)
		f.Branch(fmt.Sprintf("rows%d", rows), "BEQ", "")
	}
	for rows := 1; rows <= neonRows; rows++ {
		f.Label(fmt.Sprintf("rows%d", rows))
		n.section(rows)
	}

	f.Label("last")
	n.load("Last", m)
	f.Branch("done", "CBZ", "%v, ", m)
	f.Do("MOVD", "$0, %v", n.base)
	n.keep(n.base, "Last")
	f.Do("MOVD", "$1, %v", n.base)
	n.keep(n.base, "Tiles")
	n.advance()
	f.Branch("rows", "B", "")
	f.Label("done")
	f.Return()
}

// neonTile is the micro-kernel's general registers.
type neonTile struct {
	of           element
	f            *arm64.Func
	t            arm64.GP // the argument
	k            arm64.GP
	a, ks, b, bs arm64.GP
	row          [neonRows - 1]arm64.GP // distances of the rows of A from the first
	base, step   arm64.GP               // a row of Init or C, and the distance to the next
}

// section is the tile for exactly m rows.
func (n *neonTile) section(m int) {
	f := n.f
	section := fmt.Sprintf("tile%d", m)
	f.Label(section)
	var acc [neonRows][neonVectors]*arm64.V
	n.eachRow("Init", "IS", m, func(i int) {
		for j := range acc[i] {
			acc[i][j] = f.Load(n.base, j*neonBytes)
		}
	})
	n.load("K", n.k)
	n.load("A", n.a)
	n.load("KS", n.ks)
	n.load("B", n.b)
	n.load("BS", n.bs)
	for i := range m - 1 {
		if i == 0 {
			n.load("RS", n.row[0])
		} else {
			f.Do("ADD", "%v, %v, %v", n.row[0], n.row[i-1], n.row[i])
		}
	}
	loop, done := fmt.Sprintf("loopK%d", m), fmt.Sprintf("store%d", m)
	f.Branch(done, "CBZ", "%v, ", n.k)
	f.Label(loop)
	var b [neonVectors]*arm64.V
	for j := range b {
		b[j] = f.Load(n.b, j*neonBytes)
	}
	var a [neonRows]*arm64.V
	for i := range min(neonAhead, m) {
		a[i] = n.element(i)
	}
	for i := range m {
		for j := range b {
			f.OpTo(acc[i][j], n.fmla(), b[j], a[i])
		}
		if next := i + neonAhead; next < m {
			a[next] = n.element(next)
		}
	}
	f.Do("ADD", "%v, %v", n.ks, n.a)
	f.Do("ADD", "%v, %v", n.bs, n.b)
	f.Do("SUBS", "$1, %v, %v", n.k, n.k)
	f.Branch(loop, "BNE", "")

	f.Label(done)
	n.eachRow("C", "CS", m, func(i int) {
		for j, v := range acc[i] {
			f.Store(v, n.base, j*neonBytes)
		}
	})
	if !tall(m, neonRows) { // a single tile
		f.Branch("last", "B", "")
		return
	}
	n.load("Tiles", n.base)
	f.Do("SUBS", "$1, %v, %v", n.base, n.base)
	n.keep(n.base, "Tiles")
	f.Branch("last", "BEQ", "")
	n.advance()
	f.Branch(section, "B", "")
}

// advance moves the argument to the next tile.
func (n *neonTile) advance() {
	n.move("A", "ANext")
	n.move("Init", "INext")
	n.move("C", "CNext")
}

// move adds a distance to a field of the argument.
func (n *neonTile) move(name, distance string) {
	n.load(name, n.base)
	n.load(distance, n.step)
	n.f.Do("ADD", "%v, %v", n.step, n.base)
	n.keep(n.base, name)
}

// keep stores a field of the argument.
func (n *neonTile) keep(r arm64.GP, name string) { n.f.Do("MOVD", "%v, %d(%v)", r, offset(name), n.t) }

// load loads a field of the argument.
func (n *neonTile) load(name string, r arm64.GP) { n.f.Do("MOVD", "%d(%v), %v", offset(name), n.t, r) }

// eachRow calls do with the address of each of m rows in n.base.
func (n *neonTile) eachRow(base, step string, m int, do func(i int)) {
	n.load(base, n.base)
	n.load(step, n.step)
	for i := range m {
		do(i)
		if i+1 < m {
			n.f.Do("ADD", "%v, %v", n.step, n.base)
		}
	}
}

// element loads the current element of row i of A.
func (n *neonTile) element(i int) *arm64.V {
	address := fmt.Sprintf("(%v)", n.a)
	if i > 0 {
		address += fmt.Sprintf("(%v)", n.row[i-1])
	}
	if n.of.size == 8 {
		return n.f.LoadDouble(address)
	}
	return n.f.LoadLane(address)
}

// fmla multiplies by such an element.
func (n *neonTile) fmla() *arm64.Op {
	if n.of.size == 8 {
		return arm64.FMLADouble
	}
	return arm64.FMLAElement
}

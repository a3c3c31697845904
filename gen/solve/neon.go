package solve

import (
	"fmt"

	"github.com/targetprop/targetprop/gen/arm64"
	"github.com/targetprop/targetprop/gen/lane"
)

// The vectors of a line of NEON's, and its elements of a that are loaded ahead of their use:
// 24 accumulators, 4 vectors of a solved line and 4 elements are its 32 registers.
const neonVectors, neonAhead = 4, 4

// NEON writes the kernel for NEON.
func NEON(file *arm64.File, size int) {
	f := lane.BeginNEON(file, size, "Solve", signature, doc(neonVectors*lane.NEONBytes/size)...)
	n := neon{NEON: f, size: size, done: f.GP(), a: f.GP(), column: f.NewParam("column"), p: f.GP(), inverse: f.GP(), b: f.GP(),
		stride: f.NewParam("stride"), x: f.GP(), next: f.NewParam("next"), k: f.GP(), subtract: arm64.FMLSElement, multiply: arm64.FMULElement}
	if size == 8 {
		n.subtract, n.multiply = arm64.FMLSDouble, arm64.FMULDouble
	}
	n.row[0] = f.NewParam("row")
	for i := 1; i < len(n.row); i++ {
		n.row[i] = f.GP()
		f.Do("ADD", "%v, %v, %v", n.row[0], n.row[i-1], n.row[i])
	}
	tiles := f.GP()
	f.Label("panel")
	f.LoadParam("tiles", tiles)
	f.LoadParam("a", n.a)
	f.LoadParam("inverse", n.inverse)
	f.LoadParam("b", n.b)
	f.Do("MOVD", "$0, %v", n.done)
	f.LoadParam("first", n.k)
	for m := 1; m < lines; m++ {
		f.Do("CMP", "$%d, %v", m, n.k)
		f.Branch(fmt.Sprintf("lines%d", m), "BEQ", "")
	}
	f.Label("next")
	f.Branch("done", "CBZ", "%v, ", tiles)
	f.Do("SUB", "$1, %v, %v", tiles, tiles)
	n.tile(lines)
	f.Branch("next", "B", "")
	for m := 1; m < lines; m++ {
		f.Label(fmt.Sprintf("lines%d", m))
		n.tile(m)
		f.Branch("next", "B", "")
	}
	f.Label("done")
	f.LoadParam("panels", n.k) // parameters are variables
	f.Do("SUBS", "$1, %v, %v", n.k, n.k)
	f.Branch("all", "BEQ", "")
	f.Do("MOVD", "%v, %s", n.k, f.Param("panels"))
	f.LoadParam("b", n.b)
	f.Do("ADD", "$%d, %v", neonVectors*lane.NEONBytes, n.b)
	f.Do("MOVD", "%v, %s", n.b, f.Param("b"))
	f.Branch("panel", "B", "")
	f.Label("all")
	f.Return()
}

// neon is the kernel's general registers: see solver.
type neon struct {
	*lane.NEON
	size               int
	done, a, column, p arm64.GP
	row                [lines - 1]arm64.GP // distances of the lines of a from the first
	inverse, b, stride arm64.GP
	x, next, k         arm64.GP
	subtract, multiply *arm64.Op
}

// tile solves m lines.
func (n *neon) tile(m int) {
	acc := make([][neonVectors]*arm64.V, m)
	n.move(n.b, n.k)
	for i := range acc {
		for v := range acc[i] {
			acc[i][v] = n.Load(n.k, v*lane.NEONBytes)
		}
		n.add(n.stride, n.k)
	}
	n.LoadParam("x", n.x)
	n.move(n.a, n.p)
	if m == lines {
		n.move(n.done, n.k)
		n.Branch("solve", "CBZ", "%v, ", n.k)
		n.Label("product")
		n.product(acc)
		n.Do("SUBS", "$1, %v, %v", n.k, n.k)
		n.Branch("product", "BNE", "")
		n.Label("solve")
	}
	n.solve(acc)
	n.Do("ADD", "$%d, %v", m, n.done)
	n.Do("ADD", "$%d, %v", m*n.size, n.inverse)
	if m == lines {
		n.add(n.row[lines/2-1], n.a)
		m /= 2
	}
	n.add(n.row[m-1], n.a)
}

// product subtracts the products of one line of x.
func (n *neon) product(acc [][neonVectors]*arm64.V) {
	var x [neonVectors]*arm64.V
	for v := range x {
		x[v] = n.Load(n.x, v*lane.NEONBytes)
	}
	n.subtractFrom(acc, 0, x)
	n.add(n.column, n.p)
	n.add(n.next, n.x)
}

// subtractFrom subtracts those of a line from the lines first and on.
func (n *neon) subtractFrom(acc [][neonVectors]*arm64.V, first int, x [neonVectors]*arm64.V) {
	var factor [lines]*arm64.V
	for i := first; i < min(first+neonAhead, len(acc)); i++ {
		factor[i] = n.element(i)
	}
	for i := first; i < len(acc); i++ {
		for v := range x {
			n.OpTo(acc[i][v], n.subtract, x[v], factor[i])
		}
		if next := i + neonAhead; next < len(acc) {
			factor[next] = n.element(next)
		}
	}
}

// solve ends the lines one after the other, and stores them.
func (n *neon) solve(acc [][neonVectors]*arm64.V) {
	for i := range acc {
		inverse := n.scalar(fmt.Sprintf("%d(%v)", i*n.size, n.inverse))
		var x [neonVectors]*arm64.V
		for v := range x {
			x[v] = n.Op(n.multiply, acc[i][v], inverse)
			n.Store(x[v], n.x, v*lane.NEONBytes)
			n.Store(x[v], n.b, v*lane.NEONBytes)
		}
		n.subtractFrom(acc, i+1, x)
		n.add(n.next, n.x)
		n.add(n.stride, n.b)
		n.add(n.column, n.p)
	}
}

// element is the current element of line i of a.
func (n *neon) element(i int) *arm64.V {
	if i == 0 {
		return n.scalar(fmt.Sprintf("(%v)", n.p))
	}
	return n.scalar(fmt.Sprintf("(%v)(%v)", n.p, n.row[i-1]))
}

// scalar is the number at an address.
func (n *neon) scalar(address string) *arm64.V {
	if n.size == 8 {
		return n.LoadDouble(address)
	}
	return n.LoadLane(address)
}

func (n *neon) move(from, to arm64.GP) { n.Do("MOVD", "%v, %v", from, to) }
func (n *neon) add(x, to arm64.GP)     { n.Do("ADD", "%v, %v", x, to) }

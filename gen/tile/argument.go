package tile

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"github.com/mmcloughlin/avo/gotypes"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The fields of asm.Tile and asm.Prefetch, in order; each is of 8 bytes.
var (
	fields         = []string{"M", "N", "K", "A", "RS", "KS", "B", "B1", "BS", "Init", "I1", "IS", "C", "C1", "CS", "Tiles", "Last", "ANext", "INext", "CNext", "Prefetch", "Each", "BAhead"}
	prefetchFields = []string{"D", "D1", "S", "Rows", "At", "Next", "Then"}
)

// offset is where in an asm.Tile the field lies.
func offset(name string) int { return 8 * index(fields, name) }

// field is the field of the tile at regTile.
func field(name string) operand.Mem { return fieldAt(regTile, name) }

// fieldAt is the field of the tile at a register.
func fieldAt(tile reg.Register, name string) operand.Mem {
	return operand.Mem{Base: tile, Disp: offset(name)}
}

// prefetchField is the field of the asm.Prefetch at regTile.
func prefetchField(name string) operand.Mem {
	return operand.Mem{Base: regTile, Disp: 8 * index(prefetchFields, name)}
}

func index(fields []string, name string) int {
	i := slices.Index(fields, name)
	if i < 0 {
		panic(fmt.Sprintf("tile: the argument has no field %s", name))
	}
	return i
}

// types knows the type Tile of the element's package by name, which is all that a
// signature needs.
func (e element) types() *types.Package {
	pkg := types.NewPackage("github.com/targetprop/targetprop/asm/"+e.pkg, e.pkg)
	name := types.NewTypeName(token.NoPos, pkg, "Tile", nil)
	types.NewNamed(name, types.NewStruct(nil, nil), nil)
	pkg.Scope().Insert(name)
	return pkg
}

const signatureText = "func(t *Tile)"

// signature is that of every micro-kernel.
func (e element) signature() *gotypes.Signature {
	s, err := gotypes.ParseSignatureInPackage(e.types(), signatureText)
	if err != nil {
		panic(err)
	}
	return s
}

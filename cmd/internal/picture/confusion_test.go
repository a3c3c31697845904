package picture

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// TestConfusion: a square is the darker, the larger its share of the row, and an
// empty row has the shade of none.
func TestConfusion(t *testing.T) {
	img := Confusion([][]int{{8, 2, 0}, {0, 0, 0}, {0, 0, 5}})
	at := func(row, column int) uint8 { // the corner of a square, which no digit reaches
		return img.GrayAt(page.margin+4*letter+column*square, page.margin+2*lineSpace+row*square).Y
	}
	none, all := at(0, 2), at(2, 2)
	if !(all < at(0, 0) && at(0, 0) < at(0, 1) && at(0, 1) < none) || at(1, 1) != none {
		t.Errorf("shades %d, %d, %d in row 0, %d of all, %d of none", at(0, 0), at(0, 1), none, all, at(1, 1))
	}
	if ink.Y > all-0x40 {
		t.Errorf("text of shade %d cannot be read on %d", ink.Y, all)
	}
}

// TestOfClasses: a line for each class, and captions make lines higher.
func TestOfClasses(t *testing.T) {
	m := kernels.NewMatrix(5, 4)
	for i := range m.Rows {
		m.Row(i)[0] = float32(i)
	}
	g := OfClasses(m, []int{3, 0, 3, 0, 3}, 2, 2)
	if len(g.Lines) != 2 || g.Lines[0].Name != "3" || len(g.Lines[0].Images) != 3 || g.Lines[1].Name != "0" || g.Lines[1].Images[1][0] != 3 {
		t.Errorf("lines %+v", g.Lines)
	}
	before := drawn(t, g).Bounds().Dy()
	g.Lines[1].Captions = []string{"a"}
	if after := drawn(t, g).Bounds().Dy(); after != before+lineSpace {
		t.Errorf("with captions %d dots high, without %d", after, before)
	}
}

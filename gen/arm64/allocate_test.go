package arm64

import (
	"slices"
	"strings"
	"testing"
)

func newFunc() *Func {
	f := new(File).Function("F", "func(a *float32, x, y float32)")
	f.Entry()
	return f
}

// expect allocates and compares the text, spaces apart.
func expect(t *testing.T, f *Func, want ...string) {
	t.Helper()
	got, err := f.allocate()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range got {
		got[i] = strings.Join(strings.Fields(line), " ")
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestRegistersAreReused(t *testing.T) {
	f := newFunc()
	a, b := f.Load(0, 0), f.Load(0, 16)
	sum := f.Op(ADD, a, b)
	f.Store(f.Op(SUB, sum, b), 0, 0)
	expect(t, f, "FMOVQ 0(R0), F0", "FMOVQ 16(R0), F1", "VADD V1.S4, V0.S4, V0.S4", "VSUB V1.S4, V0.S4, V0.S4", "FMOVQ F0, 0(R0)")
}

// A tied instruction overwrites its first source if nobody needs it any more,
// else a copy that none of its other sources lies in.
func TestTiedSource(t *testing.T) {
	f := newFunc()
	a, b, c := f.Load(0, 0), f.Load(0, 16), f.Load(0, 32)
	d := f.Op(FMLA, c, a, b)
	f.Store(f.Op(FMLA, d, a, c), 0, 0)
	expect(t, f, "FMOVQ 0(R0), F0", "FMOVQ 16(R0), F1", "FMOVQ 32(R0), F2",
		"VMOV V2.B16, V3.B16", "VFMLA V1.S4, V0.S4, V3.S4", "VFMLA V2.S4, V0.S4, V3.S4", "FMOVQ F3, 0(R0)")
}

// What is set before a loop and used in it keeps its register to the loop's end,
// and to the end of the loop around it.
func TestLoop(t *testing.T) {
	f := newFunc()
	before := f.Load(0, 0)
	f.Label("outer")
	f.Label("inner")
	f.Store(before, 0, 0)
	f.Store(f.Load(0, 16), 0, 16)
	f.Branch("inner", "BNE", "")
	f.Store(f.Load(0, 32), 0, 32)
	f.Branch("outer", "BNE", "")
	f.Store(f.Load(0, 48), 0, 48)
	expect(t, f, "FMOVQ 0(R0), F0", "outer:", "inner:", "FMOVQ F0, 0(R0)", "FMOVQ 16(R0), F1", "FMOVQ F1, 16(R0)", "BNE inner",
		"FMOVQ 32(R0), F1", "FMOVQ F1, 32(R0)", "BNE outer", "FMOVQ 48(R0), F0", "FMOVQ F0, 48(R0)")
}

// Invariants are loaded once while there are registers, else before each use.
func TestInvariants(t *testing.T) {
	for live, want := range map[int]int{30: 1, 31: 31} {
		f := newFunc()
		var vectors []*V
		for range live {
			vectors = append(vectors, f.Load(0, 0))
		}
		for _, v := range vectors {
			f.OpTo(v, FADD, f.ParamLanes("x"))
			f.OpTo(v, FADD, f.ParamLanes("y"))
		}
		for _, v := range vectors {
			f.Store(v, 0, 0)
		}
		lines, err := f.allocate()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(lines, "\n")
		if x, y := strings.Count(text, "x+8(FP)"), strings.Count(text, "y+12(FP)"); x != want || y != want {
			t.Errorf("beside %d vectors x is loaded %d times and y %d times, want %d", live, x, y, want)
		}
	}
}

// A constant that is an accumulator is loaded where it is used.
func TestTiedInvariant(t *testing.T) {
	f := newFunc()
	one := f.Constant([4]uint32{1, 1, 1, 1})
	f.Store(f.Op(FMLA, one, one, f.ParamLanes("x")), 0, 0)
	expect(t, f, "MOVD $constants<>(SB), R0", "FMOVS x+8(FP), F0", "VDUP V0.S[0], V0.S4", "FMOVQ 0(R0), F1",
		"VFMLA V0.S4, V1.S4, V1.S4", "FMOVQ F1, 0(R0)")
}

func TestAllocationFails(t *testing.T) {
	f := newFunc()
	var vectors []*V
	for range vectorRegisters + 1 {
		vectors = append(vectors, f.Load(0, 0))
	}
	for _, v := range vectors {
		f.Store(v, 0, 0)
	}
	if _, err := f.allocate(); err == nil {
		t.Errorf("%d vectors fit into %d registers", len(vectors), vectorRegisters)
	}
	f = newFunc()
	f.Store(&V{}, 0, 0)
	if _, err := f.allocate(); err == nil {
		t.Error("a vector that nothing sets is accepted")
	}
}

package source

import (
	"encoding/binary"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestRounding: a column whose numbers float32 does not tell apart is refused by name, in whatever
// format; one that is the same number everywhere, up to the rounding of float64, is not.
func TestRounding(t *testing.T) {
	const rows = 60
	table := func(of func(i int) string) string {
		text := "a,b,label\n"
		for i := range rows {
			text += fmt.Sprintf("%d,%s,%d\n", i, of(i), i%2)
		}
		path := filepath.Join(t.TempDir(), "t.csv")
		untuned.Write(t, []byte(text), path)
		return path
	}
	array := func(descr string, of func(i int) uint64, sizes ...int) string {
		var b []byte
		for i := range rows {
			b = binary.LittleEndian.AppendUint64(b, map[bool]uint64{true: uint64(i), false: math.Float64bits(float64(i))}[descr != "<f8"])
			b = binary.LittleEndian.AppendUint64(b, of(i))
		}
		path := filepath.Join(t.TempDir(), "x.npy")
		untuned.Write(t, untuned.NPY(descr, b, append([]int{rows}, sizes...)...), path)
		return path
	}
	float := func(of func(i float64) float64) func(i int) uint64 {
		return func(i int) uint64 { return math.Float64bits(of(float64(i))) }
	}
	whole := func(from uint64) func(i int) uint64 { return func(i int) uint64 { return from + uint64(i) } }
	for _, c := range []struct{ path, err string }{
		{table(func(i int) string { return fmt.Sprint(1700000000 + i) }), "column 2, b: numbers from 1700000000 to 1700000059"},
		{table(func(i int) string { return fmt.Sprint(1<<60 + int64(i)) }), "column 2, b"},
		{table(func(i int) string { return fmt.Sprintf("%.3f", 1.7e9+float64(i)/3) }), "column 2, b"},
		{table(func(i int) string { return fmt.Sprint(1700000000 + 100000*i) }), ""},
		{table(func(i int) string { return fmt.Sprint(0.1 + 1e-17*float64(i)) }), ""},
		{table(func(i int) string { return fmt.Sprintf("%.18f", 0.3+1e-15*float64(i)) }), ""},
		{array("<i8", whole(1<<40), 2), "column [:, 1]"},
		{array("<i8", whole(1<<60), 2), "column [:, 1]"},
		{array("<i8", whole(-1<<60&math.MaxUint64), 2), "column [:, 1]"},
		{array("<u8", whole(1<<63), 2), "column [:, 1]"},
		{array("<i8", func(i int) uint64 { return uint64(i) << 50 }, 2), ""},
		{array("<f8", float(func(i float64) float64 { return 1.7e9 + i }), 2), "column [:, 1]"},
		{array("<f8", float(func(i float64) float64 { return i / rows }), 2), ""},
		{array("<i8", whole(1<<40), 2, 1), ""}, // of pictures, which have one range for all pixels
	} {
		_, err := Load(t.Context(), c.path, reading.Options{})
		if (err != nil) != (c.err != "") || err != nil && !(strings.Contains(err.Error(), c.err) && strings.Contains(err.Error(), c.path)) {
			t.Errorf("%v, want %q", err, c.err)
		}
	}
}

// TestColumnsFarFromEachOther: each column has a range of its own, however far they are from each other.
func TestColumnsFarFromEachOther(t *testing.T) {
	set, err := read(t, strings.Repeat("-1.6e38,2.96e38\n1.6e38,3e38\n", 20), reading.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float32, 2)
	for i := range set.Train.Len() {
		if set.Train.Read(i, x); x[0] != x[1] || x[0] != 0 && x[0] != 1 {
			t.Fatalf("example %d is %v", i, x)
		}
	}
}

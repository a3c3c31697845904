package source

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestTablesOfPrograms: a mark of the order of bytes is no heading, and a tab that leads is a
// column.
func TestTablesOfPrograms(t *testing.T) {
	rows := strings.Repeat("1\t2\t3\n4\t5\t6\n", 4)
	for text, want := range map[string]struct {
		columns string
		rows    int
	}{"\ufeff" + rows: {"", 8}, "\ufeffa\tb\tc\n" + rows: {"a b c", 8}, "\ta\tb\n" + rows: {" a b", 8}} {
		path := filepath.Join(t.TempDir(), "t.tsv")
		untuned.Write(t, []byte(text), path)
		set := load(t, path, reading.Options{})
		if n := set.Train.Len() + set.Valid.Len() + set.Test.Len(); n != want.rows || strings.Join(set.Columns, " ") != want.columns || set.Train.Dim() != 3 {
			t.Errorf("%q: %d rows of %d columns %q", text, n, set.Train.Dim(), set.Columns)
		}
	}
}

// TestHeadings: a heading may have numbers in it, if it says that it is one.
func TestHeadings(t *testing.T) {
	rows := func(label ...string) string {
		return strings.Repeat("1,2,3,"+label[0]+"\n5,2.5,7,"+label[1]+"\n", 5)
	}
	for _, c := range []struct{ text, label, columns, classes string }{
		{"0,1,2,label\n" + rows("x", "y"), "", "0 1 2", "x y"},
		{"0,1,2,target\n" + rows("x", "y"), "", "0 1 2", "x y"},
		{"1990,1991,1992,Class\n" + rows("x", "y"), "", "1990 1991 1992", "x y"},
		{"1990,1991,1992,kind\n" + rows("x", "y"), "kind", "1990 1991 1992", "x y"},
		{"0,1,2,3\n" + rows("8", "9"), "", "0 1 2 3", ""},
		{"0,1,2,n\n" + rows("y", "n"), "", "", "n y"},
		{rows("y", "n"), "", "", "n y"},
		{rows("target", "other"), "", "", "other target"},
		{rows("label", "label"), "", "", "label"},
		{rows("v1", "v1.0"), "", "", "v1 v1.0"},
		{"a,b,c,label\n" + rows("none", "-"), "", "a b c", "- none"},
	} {
		path := filepath.Join(t.TempDir(), "t.csv")
		untuned.Write(t, []byte(c.text), path)
		set := load(t, path, reading.Options{Label: c.label})
		if got := strings.Join(set.Columns, " "); got != c.columns || strings.Join(set.Classes, " ") != c.classes {
			t.Errorf("%q: columns %q, classes %q", c.text[:30], set.Columns, set.Classes)
		}
		if n := set.Train.Len() + set.Valid.Len() + set.Test.Len(); c.columns != "" && n != 10 {
			t.Errorf("%q: %d examples", c.text[:30], n)
		}
	}
}

// TestMissingLabels: a label that is missing, or written in two ways, is no class of its own.
func TestMissingLabels(t *testing.T) {
	for text, want := range map[string]string{
		"1,0\n2,1\n3,NA\n":            `line 4 has the label "NA", in column 2`,
		"1,x\n2,?\n3,y\n":             `line 3 has the label "?", in column 2`,
		"1,0\n2,none\n3,1\n":          `line 3 has the label "none"`,
		"1,1\n2,01\n3,1\n":            `labels "1" and "01" are the same number`,
		"1,1\n2,1.00\n3,1.0\n":        `labels "1" and "1.00" are the same number`,
		"1,caf\u00e9\n2,cafe\u0301\n": `labels "caf\u00e9" and "cafe\u0301" are the same text`,
	} {
		path := filepath.Join(t.TempDir(), "t.csv")
		untuned.Write(t, []byte("a,label\n"+text), path)
		if _, err := Load(t.Context(), path, reading.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

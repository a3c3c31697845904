package source

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
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

// TestOneRow: what is one row for its line ends is told from what has no more.
func TestOneRow(t *testing.T) {
	for text, want := range map[string]string{
		"1,2,3\n": "has one row: want two or more", "1,2,3": "has one row: want two or more",
		"a,b\r1,2\r3,4\r": "its lines end in carriage returns alone", "a,b\r1,2\r3,4\r\n": "its lines end in carriage returns alone",
	} {
		if _, err := read(t, text, reading.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
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
		"1,0\n2,1\n3,NA\n":                  `line 4 has the label "NA", in column 2`,
		"1,x\n2,?\n3,y\n":                   `line 3 has the label "?", in column 2`,
		"1,0\n2,none\n3,1\n":                `line 3 has the label "none"`,
		"1,1\n2,01\n3,1\n":                  `labels "1" and "01" are the same number`,
		"1,1\n2,1.00\n3,1.0\n":              `labels "1" and "1.00" are the same number`,
		"1,x\n2,\"y\n3,x\n4,y\"\n5,x\n":     "lines 3 to 5 are one row, by a quote that opens in line 3, in column 2: close it there, or, if they are one label, take the line breaks out of it",
		"1,x\n2,\"y\r\n3,x\r\n4,y\"\n5,x\n": "lines 3 to 5 are one row",
		"1,caf\u00e9\n2,cafe\u0301\n":       `labels "caf\u00e9" and "cafe\u0301" are the same text`,
	} {
		path := filepath.Join(t.TempDir(), "t.csv")
		untuned.Write(t, []byte("a,label\n"+text), path)
		if _, err := Load(t.Context(), path, reading.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// read writes a table and reads it.
func read(t *testing.T, text string, o reading.Options) (dataset.Set, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.csv")
	untuned.Write(t, []byte(text), path)
	return Load(t.Context(), path, o)
}

// TestCommasInNumbers: a decimal comma, as spreadsheets of many languages write it, is called that, wherever it
// is: it makes no heading, no column and no labels.
func TestCommasInNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"5,61;1\n24;0\n5,8;1\n":                 `line 1, column 1: "5,61" has a comma in it: save the table with decimal points`,
		"24;1\n5,61;0\n":                        `line 2, column 1: "5,61"`,
		"1;5,61\n0;24\n":                        `line 1, column 2: "5,61"`,
		"5,61\t1\n24\t0\n":                      `line 1, column 1: "5,61"`,
		"\"5,61\";\"1\"\r\n\"24\";\"0\"\r\n":    `line 1, column 1: "5,61"`,
		"5,61;6,5;1\n24;7,5;0\n":                `line 1, column 1: "5,61"`,
		"height, cm;width\n5,61;1\n24;0\n":      `line 2, column 1: "5,61"`,
		"a;b;label\n5,61;-6,5e-3;x\n24;7,5;y\n": `line 2, column 1: "5,61"`,
		"a,b\n\"1,234\",2\n3,4\n":               `line 2, column 1: "1,234" has a comma in it`,
		"a;b\n1.234,56;2\n3;4\n":                `line 2, column 1: "1.234,56"`,
		"5,5;1\n24;0\n3;1\n4;0\n":               `line 1, column 1: "5,5"`,
	} {
		if _, err := read(t, text, reading.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if _, err := read(t, "a;b\n1;5,61\n0;24\n", reading.Options{}); err == nil || !strings.Contains(err.Error(), `line 2, column 2: "5,61"`) {
		t.Errorf("in the last column: %v", err)
	}
	// Where the columns could have commas between them too, semicolons are likelier, whatever is said of the labels.
	for text, want := range map[string]string{
		"1,5;2,5\n2,5;3,5\n":            `column 1: "1,5" has a comma in it`,
		"2,1;0\n5,9;1\n":                `"2,1" has a comma in it: save the table with decimal points, and with nothing between thousands; or, if the columns have commas between them and not ';', with a heading`,
		"2,1\t0\n5,9\t1\n":              `"2,1" has a comma in it`,
		"5,61 %;1\n4,2 %;0\n":           `"5,61 %" is no finite number`,
		"<0,5;1\n4,2;0\n":               `"<0,5" is no finite number`,
		"\"1,234\",0.5\n567,0.81\n":     `line 1, column 1: "1,234" has a comma in it`,
		"\"1,234\",cat\n100,cat\n":      `line 1, column 1: "1,234" has a comma in it`,
		"\"1,234\",\"5,678\"\n1,2\n":    `line 1, column 1: "1,234" has a comma in it`,
		"01.02.2024;3,91\n5.3.24;4,5\n": `column 1: "01.02.2024"`,
	} {
		if _, err := read(t, text, reading.Options{Label: "2"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q with --label 2: %v, want %q", text, err, want)
		}
	}
}

// TestCommasInText: what has commas, semicolons or tabs in it and is no number with a decimal comma is read as text,
// and if it may be one, as text that train asks about.
func TestCommasInText(t *testing.T) {
	for _, c := range []struct{ heading, rows, classes, doubt string }{
		{"", "1,a;2\n1,b;2\n", "a;2 b;2", ""},
		{"", "1,2,3;4\n1,2,5;6\n", "3;4 5;6", ""},
		{"", "1;2;a,b\n1;2;c,d\n", "a,b c,d", ""},
		{"a,tags\n", "0.123,3;4\n0,5;6\n", "3;4 5;6", ""},
		{"a,tags\n", "1,3\t4\n0,5\t6\n", "3\t4 5\t6", ""},
		{"tags,a\n", "3;4,7\n5;6,8\n", "3;4 5;6", ""},
		{"", "0.123,3;4\n0.5,5;6\n", "3;4 5;6", ""},
		{"a,tags\n", "0,3;4\n1,5;6\n", "3;4 5;6", ""},
		{"", "1,1a;b\n0,0a;c\n", "0a;c 1a;b", ""},
		{"", "1,3\t\n2,5\t\n", "", ""},
		{"a,b\t\n", "1,3\t\n2,5\t\n", "", ""},
		{"a\t,b\n", "1\t,3\n2\t,5\n", "", ""},
		{"", "0.405,\t0.1,\t0.3\n0.2,\t0.3,\t0.4\n", "", ""},
		{"a,b,tags\n", "0.1,0.2,\"1,2\"\n0.3,0.4,\"3,4\"\n", "1,2 3,4", ""},
		{"", "0.1,0.2,\"1,2\"\n0.3,0.4,\"3,4\"\n", "1,2 3,4", ""},
		{"a,b,tags\n", "0.1,0.2,\"1,2\"\n0.3,0.4,red\n", "1,2 red", ""},
		{"a,b,tags\n", "0.1,0.2,red\n0.3,0.4,\"1,2\"\n", "1,2 red", ""},
		{"a,label\n", "0.1,\"1,2\"\n0.2,\"3,4\"\n", "1,2 3,4", ""},
		{"a;tags\n", "1;3,4\n2;5,6\n", "3,4 5,6", "column 2 has fractions, as 3,4, and would be taken for labels because of their commas"},
		{"a;label\n", "1;3,4\n2;5,6\n", "3,4 5,6", `the column "label" has fractions, as 3,4`},
	} {
		set, err := read(t, c.heading+strings.Repeat(c.rows, 6), reading.Options{})
		if err != nil || strings.Join(set.Classes, " ") != c.classes || (set.Doubt != nil) != (c.doubt != "") || set.Doubt != nil && !strings.Contains(set.Doubt.Error(), c.doubt) {
			t.Errorf("%q, %q: %q, %v, %v", c.heading, c.rows, set.Classes, set.Doubt, err)
		}
		if c.doubt == "" {
			continue
		}
		set, err = read(t, c.heading+strings.Repeat(c.rows, 6), reading.Options{Label: "2"})
		if err != nil || strings.Join(set.Classes, " ") != c.classes || set.Doubt != nil {
			t.Errorf("%q, %q, --label 2: %q, %v, %v", c.heading, c.rows, set.Classes, set.Doubt, err)
		}
	}
	var thousands strings.Builder
	for i := range 60 {
		fmt.Fprintf(&thousands, "0.5,\"%d,%03d\"\n", 1+i%30, i)
	}
	if set, err := read(t, thousands.String(), reading.Options{}); err != nil || set.Doubt == nil || !strings.Contains(set.Doubt.Error(), "column 2 has 60 different numbers in 60 rows") {
		t.Errorf("thousands: %v, %v", set.Doubt, err)
	}
	long := "a,tags\n" + strings.Repeat("1,5;6\n0,3;4\n", 20_000) // of which not all is looked at
	if set, err := read(t, long, reading.Options{}); err != nil || len(set.Classes) != 2 {
		t.Errorf("a long table: %v, %v", set.Classes, err)
	}
	// A label in quotes may have line breaks.
	for _, rows := range []string{
		"0.1,0.2,\"Paris, FR\nEurope\"\n0.3,0.4,\"Rome, IT\r\nEurope\"\n", "0.1,\"a\nb,c\"\n0.2,x\n", "\"Paris, FR\nEurope\",0.1\nx,0.2\n", "0.1,0.2,\"a\n5,b\"\n0.3,0.4,x\n",
	} {
		if set, err := read(t, strings.Repeat(rows, 6), reading.Options{}); err != nil || len(set.Classes) != 2 {
			t.Errorf("%q: %q, %v", rows, set.Classes, err)
		}
	}
}

// TestNumbersOfOthers: what only Go takes for a number is none, in rows, headings and labels.
func TestNumbersOfOthers(t *testing.T) {
	for _, number := range []string{"1_03", "2024_01_15", "0x1p3", "0X10p0"} {
		want := fmt.Sprintf("line 3, column 1: %q is no finite number", number)
		if _, err := read(t, "a,b\n1,2\n"+number+",4\n", reading.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", number, err, want)
		}
		set, err := read(t, number+",b\n"+strings.Repeat("1,2\n", 6), reading.Options{})
		if err != nil || strings.Join(set.Columns, " ") != number+" b" {
			t.Errorf("%s in a heading: %q, %v", number, set.Columns, err)
		}
		set, err = read(t, "a,label\n"+strings.Repeat("1,"+number+"\n", 6), reading.Options{})
		if err != nil || strings.Join(set.Classes, " ") != number {
			t.Errorf("%s as a label: %q, %v", number, set.Classes, err)
		}
		if _, err := reading.ParseSplit(number + ",10,10"); err == nil {
			t.Errorf("%s as a split", number)
		}
	}
}

// TestFormsOfUnicode: a column's name is the same in both forms.
func TestFormsOfUnicode(t *testing.T) {
	composed, decomposed := "caf\u00e9", "cafe\u0301"
	rows := strings.Repeat("1,2\n3,4\n", 6)
	for _, c := range [][2]string{{composed, decomposed}, {decomposed, composed}, {composed, composed}} {
		set, err := read(t, "a,"+c[0]+"\n"+rows, reading.Options{Label: c[1]})
		if err != nil || set.Train.Labels == nil || strings.Join(set.Columns, " ") != "a" {
			t.Errorf("--label %+q of %+q: %v, %v", c[1], c[0], set.Columns, err)
		}
	}
	if _, err := read(t, composed+","+decomposed+"\n"+rows, reading.Options{Label: composed}); err == nil || !strings.Contains(err.Error(), "columns 1 and 2 are both called") {
		t.Errorf("two columns: %v", err)
	}
	dir := t.TempDir()
	untuned.Write(t, []byte("a,"+composed+"\n"+rows), dir, "train.csv")
	untuned.Write(t, []byte("a,"+decomposed+"\n"+rows), dir, "test.csv")
	load(t, dir, reading.Options{})
}

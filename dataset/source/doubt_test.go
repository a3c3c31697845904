package source

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset/reading"
)

// TestDoubt: numbers that their column's name alone makes labels are doubted where they may be none.
func TestDoubt(t *testing.T) {
	table := func(name string, rows int, label func(i int) string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "a,%s\n", name)
		for i := range rows {
			fmt.Fprintf(&b, "%d,%s\n", i%7, label(i))
		}
		return b.String()
	}
	mod := func(m int, format string) func(i int) string {
		return func(i int) string { return fmt.Sprintf(format, i%m) }
	}
	for _, c := range []struct{ text, label, want string }{
		{table("y", 60, mod(3, "0.%d5")), "", `the column "y" has fractions, as 0.05`},
		{table("Class", 60, mod(3, "%d.5")), "", `the column "Class" has fractions`},
		{strings.NewReplacer(",", ";", ".", ",").Replace(table("label", 60, mod(3, "%d.5"))), "", "has fractions, as 0,5"},
		{table("target", 2000, mod(25, "%d")), "", "25 different numbers in 2000 rows"},
		{table("label", 100, mod(50, "%d")), "", "50 different numbers in 100 rows"},
		{table("label", 500, mod(50, "%d")), "", ""},
		{table("target", 40, mod(20, "%d")), "", ""},
		{table("label", 60, mod(3, "%d.0")), "", ""},
		{table("label", 60, mod(3, "%de+00")), "", ""},
		{table("y", 60, mod(2, "-%d")), "", ""},
		{table("y", 60, mod(30, "v%d")), "", ""},
		{table("y", 60, mod(3, "0.%d5")), "y", ""},
		{table("y", 60, mod(3, "0.%d5")), "none", ""},
	} {
		set, err := read(t, c.text, reading.Options{Label: c.label})
		if err != nil || c.want == "" && set.Doubt != nil || c.want != "" && (set.Doubt == nil || !strings.Contains(set.Doubt.Error(), c.want)) {
			t.Errorf("%q with %q: %v, %v, want %q", c.text[:20], c.label, set.Doubt, err, c.want)
		}
	}
	// Words that hardly any two rows have in common, and numbers with a comma of which some are missing, are no classes
	// that anybody meant.
	comma := func(missing string) func(i int) string {
		return func(i int) string {
			if i == 7 {
				return missing
			}
			return fmt.Sprintf("%d,%02d", i%5, i)
		}
	}
	semicolons := func(label func(i int) string) string {
		var b strings.Builder
		for i := range 60 {
			fmt.Fprintf(&b, "%s;%d\n", label(i), i%2)
		}
		return b.String()
	}
	for _, c := range []struct{ text, want string }{
		{table("b", 60, mod(30, "v%d")), "column 2 has 30 different words in 60 rows"},
		{table("b", 60, mod(12, "v%d")), ""},
		{table("b", 200, mod(30, "v%d")), ""},
		{semicolons(comma("-")), "column 1 has fractions, as 0,00, and would be taken for labels because of their commas"},
		{semicolons(comma("n.d.")), "column 1 has fractions, as 0,00"},
		{"n;m\n" + semicolons(comma("k.A.")), "column 1 has fractions, as 0,00"},
		{semicolons(func(i int) string { return fmt.Sprintf("%d,%02d%%", i%5, i) }), `column 1 has words with numbers in them, as "0,00%"`},
		{semicolons(func(i int) string { return fmt.Sprintf("%d,2 %%", i%5) }), `column 1 has words with numbers in them, as "0,2 %"`},
		{strings.ReplaceAll(semicolons(func(i int) string { return fmt.Sprintf("%d,%d", i%5, i%3) }), ";", "|"), `column 2 has words with numbers in them, as "0|0"`},
		{strings.TrimPrefix(table("b", 60, mod(3, "%d;")), "a,b\n"), `column 2 has words with numbers in them, as "0;"`},
		{table("b", 60, mod(3, "%d-25")), ""}, {table("b", 60, mod(3, "%d:1")), ""}, {table("b", 60, mod(3, "30 4%d")), ""},
		{strings.TrimPrefix(table("b", 60, mod(3, "%d/2")), "a,b\n"), ""},
		{table("b", 60, mod(3, "class %d")), ""},
	} {
		set, err := read(t, c.text, reading.Options{})
		if err != nil || c.want == "" && set.Doubt != nil || c.want != "" && (set.Doubt == nil || !strings.Contains(set.Doubt.Error(), c.want)) {
			t.Errorf("%q: %v, %v, want %q", c.text[:20], set.Doubt, err, c.want)
		}
	}
	for _, missing := range []string{"?", "NA", ""} {
		if _, err := read(t, semicolons(comma(missing)), reading.Options{}); err == nil || !strings.Contains(err.Error(), `"0,00" has a comma in it`) {
			t.Errorf("%q for a number with a comma: %v", missing, err)
		}
	}
	unread := reading.Unread{}
	if _, err := read(t, table("y", 600, mod(300, "0.%d")), reading.Options{}); !errors.As(err, &unread) || !strings.Contains(unread.Flag, "--label none") || !strings.Contains(err.Error(), `the column "y"`) {
		t.Errorf("300 labels: %v, %q", err, unread.Flag)
	}
	if _, err := read(t, strings.ReplaceAll(table("b", 600, mod(300, "v%d")), "a,b\n", ""), reading.Options{}); !errors.As(err, &unread) || !strings.Contains(err.Error(), "column 2 has 300 different words") {
		t.Errorf("300 words: %v", err)
	}
}

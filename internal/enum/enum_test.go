package enum_test

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/enum"
)

type colour uint8

const (
	red colour = iota
	green
)

var colours = enum.Names[colour]{Package: "paint", Type: "Colour", Kind: "tint", Names: []string{red: "red", green: "green"}}

func TestNamesAreReadBack(t *testing.T) {
	for v, name := range map[colour]string{red: "red", green: "green"} {
		if got := colours.String(v); got != name {
			t.Errorf("String(%d) = %q, want %q", v, got, name)
		}
		text, err := colours.MarshalText(v)
		if string(text) != name || err != nil {
			t.Errorf("MarshalText(%d) = %q, %v, want %q", v, text, err, name)
		}
		for _, name := range []string{name, strings.ToUpper(name)} {
			if got, err := colours.Parse(name); got != v || err != nil {
				t.Errorf("Parse(%q) = %v, %v, want %v", name, got, err, v)
			}
		}
		got := green - v // another value
		if err := colours.UnmarshalText(&got, text); got != v || err != nil {
			t.Errorf("UnmarshalText(%q) sets %v, %v, want %v", text, got, err, v)
		}
		if !colours.Valid(v) {
			t.Errorf("%v is not valid", v)
		}
	}
}

func TestWhatIsNoValue(t *testing.T) {
	if colours.Valid(2) {
		t.Error("2 is valid")
	}
	if got, want := colours.String(2), "Colour(2)"; got != want {
		t.Errorf("String(2) = %q, want %q", got, want)
	}
	if text, err := colours.MarshalText(2); text != nil || err == nil || err.Error() != "paint: unknown tint Colour(2)" {
		t.Errorf("MarshalText(2) = %q, %v", text, err)
	}
	got := green
	err := colours.UnmarshalText(&got, []byte("Blue"))
	want := `paint: unknown tint "Blue": want one of red, green`
	if err == nil || err.Error() != want || got != 0 {
		t.Errorf("UnmarshalText of blue sets %d, error %v, want 0 and %q", got, err, want)
	}
}

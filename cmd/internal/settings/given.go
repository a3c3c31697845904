package settings

import (
	"slices"

	"github.com/spf13/pflag"
)

// Given are settings that somebody gave, in the order in which they were given.
type Given []Setting

// Setting is a setting by the name and the text of its flag.
type Setting struct{ Name, Value string }

// GivenBy are the flags that the user gave and that are settings of one of all.
func GivenBy(flags *pflag.FlagSet, all ...Settings) Given {
	var g Given
	flags.Visit(func(f *pflag.Flag) {
		if slices.ContainsFunc(all, func(s Settings) bool { return Flags(s).Lookup(f.Name) != nil }) {
			g = append(g, Setting{f.Name, f.Value.String()})
		}
	})
	return g
}

// Of are the settings of s by these names.
func Of(s Settings, names ...string) Given {
	var g Given
	for _, name := range names {
		g = append(g, Setting{name, Value(s, name)})
	}
	return g
}

// All are all settings of s.
func All(s Settings) Given {
	var g Given
	Flags(s).VisitAll(func(f *pflag.Flag) { g = append(g, Setting{f.Name, f.Value.String()}) })
	return g
}

// Value is the text that was given for a name, if one was.
func (g Given) Value(name string) (text string, ok bool) {
	for _, s := range g {
		if s.Name == name {
			text, ok = s.Value, true
		}
	}
	return text, ok
}

// Has tells whether a name was given.
func (g Given) Has(name string) bool {
	_, ok := g.Value(name)
	return ok
}

// Override sets in s what was given, all of which are settings of s. It returns
// the names of the settings whose values differ from what s had.
func Override(s Settings, g Given) (different []string, err error) {
	flags := Flags(s)
	for _, given := range g {
		f := flags.Lookup(given.Name)
		before := f.Value.String()
		if err := f.Value.Set(given.Value); err != nil {
			return nil, err
		}
		if f.Value.String() != before {
			different = append(different, given.Name)
		}
	}
	return different, nil
}

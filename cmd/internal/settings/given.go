package settings

import "github.com/spf13/pflag"

// Given are settings that somebody gave. Only the named ones count; names are
// those of the flags in [Settings], in the order in which they were given.
type Given struct {
	Settings Settings
	Names    []string
}

// GivenBy are the settings that the user gave as flags, which are bound to s.
func GivenBy(flags *pflag.FlagSet, s Settings) Given {
	g := Given{Settings: s}
	known := g.Settings.flags()
	flags.Visit(func(f *pflag.Flag) {
		if known.Lookup(f.Name) != nil {
			g.Names = append(g.Names, f.Name)
		}
	})
	return g
}

// Override sets in s what was given, and returns the names of the settings
// whose values differ from what s had.
func (s *Settings) Override(g Given) (different []string, err error) {
	mine, theirs := s.flags(), g.Settings.flags()
	for _, name := range g.Names {
		f := mine.Lookup(name)
		before := f.Value.String()
		if err := f.Value.Set(theirs.Lookup(name).Value.String()); err != nil {
			return nil, err
		}
		if f.Value.String() != before {
			different = append(different, name)
		}
	}
	return different, nil
}

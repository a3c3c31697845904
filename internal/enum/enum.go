// Package enum gives the values of an enumeration their names: what String,
// Parse, MarshalText and UnmarshalText of each enumeration do.
package enum

import (
	"fmt"
	"slices"
	"strings"
)

// Names are the names of an enumeration's values, in lower case: Names[v] is
// that of v. No value is without a name.
type Names[E ~uint8] struct {
	Package string // begins the errors of Parse
	Type    string // stands for a value that is none of the enumeration's
	Kind    string // what Parse calls a value: "chain", "instruction set"
	Names   []string
}

// Valid tells whether v is a value of the enumeration.
func (n Names[E]) Valid(v E) bool { return int(v) < len(n.Names) }

// String is the name of v, and Type(v) if v is none of the enumeration's values.
func (n Names[E]) String(v E) string {
	if n.Valid(v) {
		return n.Names[v]
	}
	return fmt.Sprintf("%s(%d)", n.Type, uint8(v))
}

// Parse is the value of a name, in upper or lower case.
func (n Names[E]) Parse(name string) (E, error) {
	if i := slices.Index(n.Names, strings.ToLower(name)); i >= 0 {
		return E(i), nil
	}
	return 0, fmt.Errorf("%s: unknown %s %q: want one of %s", n.Package, n.Kind, name, strings.Join(n.Names, ", "))
}

// MarshalText is String, for the MarshalText of an enumeration. It fails for what UnmarshalText
// would not read.
func (n Names[E]) MarshalText(v E) ([]byte, error) {
	if !n.Valid(v) {
		return nil, fmt.Errorf("%s: unknown %s %v", n.Package, n.Kind, n.String(v))
	}
	return []byte(n.String(v)), nil
}

// UnmarshalText is Parse, for the UnmarshalText of an enumeration. It sets v to
// 0 if it fails.
func (n Names[E]) UnmarshalText(v *E, text []byte) (err error) {
	*v, err = n.Parse(string(text))
	return err
}

package settings

import "testing"

// FuzzFlags: whatever texts the flags have, they are refused or make settings whose texts
// are read again as the same. make fuzz runs it for long.
func FuzzFlags(f *testing.F) {
	f.Add("layers", "20,10")
	f.Add("layers", "20,,9999999999999999999")
	f.Add("lr", "NaN")
	f.Add("iterations", "9223372036854775807")
	f.Add("optimizer", "adam")
	f.Add("seed", "-1")
	f.Fuzz(func(t *testing.T, name, text string) {
		s := DefaultGenerate("digits", Given{{name, text}})
		if Flags(&s).Lookup(name) == nil {
			return
		}
		if _, err := Override(&s, Given{{name, text}}); err != nil || s.Validate() != nil {
			return
		}
		again := DefaultGenerate("digits", nil)
		if _, err := Override(&again, Of(&s, name)); err != nil || Value(&again, name) != Value(&s, name) {
			t.Errorf("--%s %q is %q, and %q again; error %v", name, text, Value(&s, name), Value(&again, name), err)
		}
	})
}

//go:build peers

package clib

import "os"

// Setenv sets an environment variable, for C as well, and returns a function that puts the
// old state back.
func Setenv(name, value string) (restore func()) {
	old, had := os.LookupEnv(name)
	os.Setenv(name, value)
	return func() {
		if had {
			os.Setenv(name, old)
		} else {
			os.Unsetenv(name)
		}
	}
}

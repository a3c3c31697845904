// Package caught tells tests what a call panics with.
package caught

import "fmt"

// Panic is what f panics with, as text, or empty.
func Panic(f func()) (reason string) {
	defer func() {
		if r := recover(); r != nil {
			reason = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

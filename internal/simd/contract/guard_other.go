//go:build !linux && !darwin

package contract

import (
	"testing"

	"github.com/targetprop/targetprop/internal/view"
)

// guarded returns n elements; there are no protected pages here.
func guarded[T view.Float](_ testing.TB, n int) []T { return make([]T, n) }

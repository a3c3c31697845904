//go:build unix && !linux

package atomicfile

import (
	"os"
	"testing"
)

// asOrdinaryUser calls f, unless the tests run as root, whom no permission stops.
func asOrdinaryUser(t *testing.T, f func()) {
	t.Helper()
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere: run as an ordinary user")
	}
	f()
}

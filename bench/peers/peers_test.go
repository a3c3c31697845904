package peers

import "testing"

// shapes are m, n, k: single elements, odd sizes, and sizes beyond every block.
var shapes = [][3]int{
	{1, 1, 1}, {1, 7, 5}, {5, 1, 7}, {7, 5, 1}, {8, 8, 8}, {33, 31, 37}, {64, 64, 64},
	{100, 100, 100}, {100, 101, 784}, {130, 517, 300}, {300, 40, 520},
}

// TestMissing fails for a library that the build asked for and that is not installed.
// BLIS alone is optional.
func TestMissing(t *testing.T) {
	list, missing := All()
	for _, p := range list {
		t.Logf("%s: %s", p.Name, p.Detail)
	}
	for _, m := range missing {
		t.Logf("%s: %s", m.Name, m.Reason)
		if cBuild && m.Name == "OpenBLAS" {
			t.Errorf("%s: %s", m.Name, m.Reason)
		}
	}
}

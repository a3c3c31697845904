package table

// Unit is what a rate counts: work for each nanosecond, times Scale.
type Unit struct {
	Name  string
	Scale float64
}

// The units.
var (
	GFLOPs   = Unit{"GFLOP/s", 1}
	GBytes   = Unit{"GB/s", 1}
	Elements = Unit{"elements/ns", 1}
	Images   = Unit{"images/s", 1e9}
	Calls    = Unit{"calls/s", 1e9}
)

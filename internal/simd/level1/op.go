package level1

// Op makes one number of two.
type Op uint8

// The operations.
const (
	Add Op = iota // x + y
	Sub           // x - y
	Mul           // x * y
)

package plan

// Way is one of the ways in which a product is computed.
type Way uint8

// The ways.
const (
	Blocks     Way = iota // blocks of B, each by some rows of A at a time
	Small                 // tiles on the factors where they are, without any preparation
	Transposed            // as the transposed product: few columns become few rows
	Vectors               // a transposed B, read row by row as it lies, by a few rows of A
)

// Share is what threads divide.
type Share uint8

// The shares.
const (
	Alone     Share = iota // nothing: the caller's goroutine does everything
	ByColumns              // the columns of C; each thread's part is a product with a plan of its own
	ByRows                 // the rows of C; all pack a block of B together first
)

// Left is how A is read.
type Left uint8

// The ways to read A.
const (
	InPlace   Left = iota
	Copied         // from a copy of the rows that meet a block
	InColumns      // from a copy in which the rows of each tile are columns: one operation less an element
)

// Right is how B is read.
type Right uint8

// The ways to read B.
const (
	Unpacked Right = iota // where it is; a narrow last panel is packed if tiles are as wide as panels
	Packed                // from panels, packed block by block
)

// Order is the order in which tiles follow each other.
type Order uint8

// The orders.
const (
	Down  Order = iota // down the rows of C, tile by tile, then to the next columns
	Along              // along some rows of C: few enough that tiles go on along its lines
)

var (
	ways   = [...]string{Blocks: "blocks", Small: "small", Transposed: "transposed", Vectors: "vectors"}
	shares = [...]string{Alone: "one thread", ByColumns: "threads by columns", ByRows: "threads by rows"}
	lefts  = [...]string{InPlace: "A in place", Copied: "A copied", InColumns: "A in columns"}
	rights = [...]string{Unpacked: "B in place", Packed: "B packed"}
	orders = [...]string{Down: "down", Along: "along"}
)

// String is the name of the way.
func (w Way) String() string { return ways[w] }

// String says what is divided.
func (s Share) String() string { return shares[s] }

// String says how A is read.
func (l Left) String() string { return lefts[l] }

// String says how B is read.
func (r Right) String() string { return rights[r] }

// String is the name of the order.
func (o Order) String() string { return orders[o] }

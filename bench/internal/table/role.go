package table

// Role is what a column is there for.
type Role int

// The roles, in the order of their columns.
const (
	Baseline Role = iota // this project in plain Go, or by another way
	Ours                 // this project
	Peer                 // another library
	Limit                // what the machine can do
)

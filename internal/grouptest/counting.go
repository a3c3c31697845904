package grouptest

// Group is what a process of a group does at least: a [Member] without memory in common.
type Group interface {
	Rank() int
	Size() int
	Gather(data []byte, bounds []int) error
}

// Counting is a group that counts its gathers.
type Counting struct {
	Group
	Gathers int
}

// Gather is that of the group.
func (c *Counting) Gather(data []byte, bounds []int) error {
	c.Gathers++
	return c.Group.Gather(data, bounds)
}

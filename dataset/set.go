package dataset

// Set is a data set split in three: Train to learn from, Valid to choose
// settings by, Test to be looked at once, for the report.
type Set struct {
	Name               string
	Train, Valid, Test Images

	Format  string   // what was read, in words
	Classes []string // names of the labels, from 0 up; nil if they have none
	Columns []string // names of the numbers of an example that is no picture; nil if they have none
}

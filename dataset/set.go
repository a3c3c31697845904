package dataset

// Set is a data set split in three: Train to learn from, Valid to choose
// settings by, Test to be looked at once, for the report.
type Set struct {
	Name               string
	Train, Valid, Test Images
}

package dataset

import (
	"errors"
	"fmt"
)

// Set is a data set split in three: Train to learn from, Valid to choose
// settings by, Test to be looked at once, for the report.
type Set struct {
	Name               string
	Train, Valid, Test Images

	Format  string   // what was read, in words
	Classes []string // names of the labels, from 0 up; nil if they have none
	Columns []string // names of the numbers of an example that is no picture; nil if they have none
}

// Check says what is wrong with the parts of a set, if anything is: see [Images.Check].
func (s *Set) Check() error {
	if s == nil {
		return errors.New("dataset: the set is nil")
	}
	for _, part := range []struct {
		name   string
		images Images
	}{{"training", s.Train}, {"validation", s.Valid}, {"test", s.Test}} {
		if err := part.images.Check(); err != nil {
			return fmt.Errorf("the %s examples: %w", part.name, err)
		}
	}
	return nil
}

package cases

import "github.com/targetprop/targetprop/bench/internal/table"

// Section is a section of the report and how its rows come about.
type Section struct {
	table.Section // without rows
	Cases         []Case

	// Finish, if set, adds what follows from all rows.
	Finish func(*table.Section)
}

package training

import "fmt"

// rowName is the name of the rows for a number of threads.
func rowName(threads int) string { return fmt.Sprintf("Train/threads=%d", threads) }

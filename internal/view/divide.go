package view

// RoundUp is the least multiple that is not below n, which is not negative.
func RoundUp(n, multiple int) int { return (n + multiple - 1) / multiple * multiple }

// Evenly is the size of the parts into which n is divided, the last but smaller: the least
// that needs no more parts than the most allowed. With 14 at most, 100 rows are 7 tiles of
// 13 and one of 9, not 7 of 14 and one of 2.
func Evenly(n, most int) int {
	if n <= most {
		return n // without the divisions, which a small product would feel
	}
	parts := (n + most - 1) / most
	return (n + parts - 1) / parts
}

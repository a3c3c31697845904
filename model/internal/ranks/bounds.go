package ranks

// Evenly divides n among size processes. That of rank r has the numbers
// bounds[r] to bounds[r+1]-1: as many as the others, or one less.
func Evenly(n, size int) (bounds []int) {
	bounds = make([]int, size+1)
	for r := range bounds {
		bounds[r] = (n*r + size - 1) / size
	}
	return bounds
}

// ByWeight divides pieces of work among size processes, each a range of them
// that begins where the one before ends. A piece goes to the process in whose
// share of all the work its middle lies.
func ByWeight(weights []int, size int) (bounds []int) {
	total := 0
	for _, w := range weights {
		total += w
	}
	bounds = make([]int, size+1)
	piece, before := 0, 0
	for r := range size {
		bounds[r] = piece
		for piece < len(weights) && (2*before+weights[piece])*size < 2*total*(r+1) {
			before += weights[piece]
			piece++
		}
	}
	bounds[size] = len(weights)
	return bounds
}

// Scaled is bounds of something that has so many elements for each of theirs.
func Scaled(bounds []int, elements int) []int {
	scaled := make([]int, len(bounds))
	for r, n := range bounds {
		scaled[r] = n * elements
	}
	return scaled
}

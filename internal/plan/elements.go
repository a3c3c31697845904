package plan

// DividesElements tells whether threads divide n elements of an elementwise operation:
// below 65,536, to wake them costs more than they save.
func DividesElements(threads, n int) bool {
	const work = 1 << 16
	return threads > 1 && n >= work
}

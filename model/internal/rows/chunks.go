package rows

import "context"

// Inferred is how many examples are inferred at a time. It is 200: enough to
// fill the tiles of every thread, few enough to stay in the cache.
const Inferred = 200

// Chunks visits n rows in order, size rows at a time: lo to hi-1. The last chunk
// may be smaller. Chunks returns the first error of visit, or ctx's error if ctx
// is done when a chunk begins. After each chunk it calls progress, if that is
// not nil, with the number of rows done.
func Chunks(ctx context.Context, n, size int, progress func(done int), visit func(lo, hi int) error) error {
	for lo := 0; lo < n; lo += size {
		if err := ctx.Err(); err != nil {
			return err
		}
		hi := min(lo+size, n)
		if err := visit(lo, hi); err != nil {
			return err
		}
		if progress != nil {
			progress(hi)
		}
	}
	return nil
}

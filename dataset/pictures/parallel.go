package pictures

import (
	"runtime"
	"sync"
)

// inParallel calls do for 0 to n-1, on all cores but at most so many at a time.
func inParallel(n, most int, do func(i int)) {
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), n, most)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}

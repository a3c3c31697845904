// Package recovered makes errors of panics.
package recovered

import "errors"

// As is the error of do, or that of type E with which it panics: of a function that has no error to return, as the
// reading of a file that somebody has cut. Other panics go on.
func As[E error](do func() error) (err error) {
	defer func() {
		reason := recover()
		if reason == nil {
			return
		}
		var found E
		if e, ok := reason.(error); !ok || !errors.As(e, &found) {
			panic(reason)
		}
		err = found
	}()
	return do()
}

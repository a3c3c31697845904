package ranks

import (
	"errors"
	"fmt"
)

// panicked is the error for the others of a panic with a value, or of an exit of the goroutine, if that is nil.
type panicked struct{ value any }

func (p panicked) Error() string {
	if p.value == nil {
		return "its goroutine was ended"
	}
	return fmt.Sprintf("it panicked: %v", p.value)
}

// over is an error after which nothing more is gathered.
type over struct{ error }

func (o over) Unwrap() error { return o.error }

// Over tells whether after an error nothing more is to be gathered: the group has failed, or a process may have ended.
func Over(err error) bool { return errors.As(err, new(over)) }

package measure

import (
	"fmt"

	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/ranks"
)

// Option says how a measure is taken, and changes nothing of the result.
type Option func(*options)

type options struct{ group ranks.Group }

// In has the processes of a group take a measure together: all call the function
// with the same arguments. The default, and what nil means, is one process alone.
func In(g model.Group) Option {
	return func(o *options) {
		if g != nil {
			o.group = g
		}
	}
}

// in is the group of the options.
func in(opts []Option) (ranks.Group, error) {
	o := options{ranks.Alone{}}
	for i, opt := range opts {
		if opt == nil {
			return nil, fmt.Errorf("model: option %d of a measure is nil", i)
		}
		opt(&o)
	}
	return o.group, ranks.Check(o.group)
}

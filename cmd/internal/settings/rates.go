package settings

import (
	"strconv"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/model"
)

// bindRates binds the advanced flags of how the learning rate changes, and of when
// training stops.
func bindRates(f *pflag.FlagSet, r *model.Rates, patience *int) {
	f.TextVar(&r.Shape, "schedule", r.Shape, "`shape` of the learning rate over the epochs: constant, linear or cosine")
	f.Float32Var(&r.Final, "final-rate", r.Final, "`part` of the learning rate that is left at the end")
	f.IntVar(&r.Warmup, "warmup", r.Warmup, "`number` of minibatches over which the learning rate rises from 0")
	f.IntVar(patience, "early-stop", *patience, "stop after this `number` of epochs that were no better on the validation images, and keep the best epoch's parameters; 0 for never. Better is a better reconstruction, or with labels a higher accuracy")
}

// keepConstant leaves nothing for the end of a fall if a constant rate was given: no flag has
// to say so.
func keepConstant(r *model.Rates, given Given) {
	if text, _ := given.Value("schedule"); text == model.Constant.String() {
		r.Final = 0
	}
}

// cooling is the flag that says whether the rate falls, and not how.
type cooling struct{ shape *model.Shape }

// String tells whether it does.
func (c cooling) String() string {
	return strconv.FormatBool(c.shape != nil && *c.shape != model.Constant)
}

// Set has it fall in a straight line, if it does not fall.
func (c cooling) Set(text string) error {
	falls, err := strconv.ParseBool(text)
	switch {
	case err != nil:
		return err
	case !falls:
		*c.shape = model.Constant
	case *c.shape == model.Constant:
		*c.shape = model.Linear
	}
	return nil
}

// Type is what the help calls the value.
func (c cooling) Type() string { return "bool" }

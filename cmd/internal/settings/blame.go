package settings

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/model"
)

// What is to blame before the learning rate is: a deviation of noise that drowns values of size 1, and iterations
// that take a layer, step by step, further than several times its target.
const (
	drowns  = 5
	carries = 5
)

// Blame says how a training with these settings diverged and why, as far as the error and they tell,
// and which flags to change.
func Blame(s Settings, err error) (cause, advice string) {
	var where *model.DivergedError
	if !errors.As(err, &where) {
		return blame(s, "")
	}
	cause, advice = blame(s, where.Map)
	return where.Detail() + "; " + cause, advice
}

// blame is Blame of a training of which a map showed it, or "".
func blame(s Settings, where string) (cause, advice string) {
	number := func(name string) float64 {
		f := Flags(s).Lookup(name)
		if f == nil {
			return 0
		}
		x, _ := strconv.ParseFloat(f.Value.String(), 64) // a flag's text
		return x
	}
	for _, name := range []string{"up-noise", "down-noise", "input-noise", "target-noise"} {
		if deviation := number(name); deviation > drowns {
			return fmt.Sprintf("--%s %g drowns the values, which are of size 1", name, deviation), fmt.Sprintf("--%s 0.3", name)
		}
	}
	if n, delta := number("iterations"), number("delta"); n*delta > carries {
		return fmt.Sprintf("--iterations %g with --delta %g carry the states of a layer away", n, delta), "--iterations 15 --delta 0.1"
	}
	if rate := number("target-lr"); strings.HasPrefix(where, "inverse map") {
		return fmt.Sprintf("the learning rate %g of the inverse maps is too high for these settings", rate), fmt.Sprintf("--target-lr %.1g", rate/10)
	}
	cause = "the learning rate " + Value(s, "lr") + " is too high for these settings"
	advice = fmt.Sprintf("--lr %.1g", number("lr")/10)
	if s, ok := s.(*Generate); ok && len(s.Layers) > 2 {
		deep := model.DeepTraining()
		if s.Training.Inference.Alpha != deep.Inference.Alpha || s.Training.UpNoise > deep.UpNoise {
			advice += fmt.Sprintf(", or --alpha %g --up-noise %g for so many layers,", deep.Inference.Alpha, deep.UpNoise)
		}
	}
	return cause, advice
}

package table

import (
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/chain"
)

// settings are what one row is made from.
type settings struct {
	Row         string // a method of sampling, the name of a chain, or a reference
	Samples     int
	Sampling    *model.Sampling `json:",omitempty"` // of the samples, or of a chain's starts
	Walking     *chain.Walking  `json:",omitempty"`
	Seed        uint64
	WithQuality bool // whether to measure more than the log-likelihood
}

// settingOf names what is not as published, or nothing.
func settingOf(c *experiment.Context) string {
	if c.FullMNIST && c.Amounts.Samples >= 10000 {
		return ""
	}
	return fmt.Sprintf("on %d training and %d test images of %s with %d samples", c.Set.Train.Len(), c.Set.Test.Len(), data.Name(c.Source), c.Amounts.Samples)
}

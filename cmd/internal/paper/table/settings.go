package table

import (
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

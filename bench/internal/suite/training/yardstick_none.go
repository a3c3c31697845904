//go:build !peers || !cgo

package training

import (
	"errors"

	"github.com/targetprop/targetprop/kernels"
)

var errNoYardstick = errors.New("built without the tag peers")

func newYardstick(threads int) (step func(x []float32), detail string, closing func(), err error) {
	return nil, "", nil, errNoYardstick
}

func newClassifierYardstick(sizes []int, batch int, o kernels.Optimizer, threads int) (step func(x []float32, labels []uint8), detail string, closing func(), err error) {
	return nil, "", nil, errNoYardstick
}

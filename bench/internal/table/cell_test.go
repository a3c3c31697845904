package table

import (
	"testing"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

func TestRateHasTheUnitsScale(t *testing.T) {
	c := Cell{Unit: Images, Work: 100, Series: series(50e6, 100e6, 200e6)}
	if got, want := c.Rate(), (measure.Rate{Median: 1000, Min: 500, Max: 2000}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

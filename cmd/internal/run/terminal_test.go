package run

import (
	"bytes"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// TestForecast: one line, once there is something to measure, of what is left.
func TestForecast(t *testing.T) {
	var out bytes.Buffer
	f := &Forecast{Out: &out, Left: 200 + 100*1000}
	f.Start(Epoch{})
	f.Images(110)
	if out.Len() != 0 {
		t.Errorf("after no time at all: %q", out.String())
	}
	time.Sleep(forecastAfter)
	passed := time.Since(f.began).Seconds()
	f.Images(90)
	f.Images(100)
	m := regexp.MustCompile(`^plain Go[^\n]*: about ([\d.]+) minutes, by the first 200 images; targetprop info says why\n$`).FindStringSubmatch(out.String())
	if m == nil {
		t.Fatalf("output %q", out.String())
	}
	minutes, err := strconv.ParseFloat(m[1], 64)
	if want := passed * 500 / 60; err != nil || minutes < want*0.9 || minutes > want*1.5 {
		t.Errorf("%v minutes, want %v", minutes, want)
	}
}

func TestAbout(t *testing.T) {
	for seconds, want := range map[float64]string{3: "about 3 seconds", 89: "about 89 seconds", 100: "about 1.7 minutes", 5400: "about 1.5 hours", 200000: "about 2.3 days"} {
		if got := about(seconds); got != want {
			t.Errorf("about(%v) = %s, want %s", seconds, got, want)
		}
	}
}

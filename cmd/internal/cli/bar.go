package cli

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A Bar shows progress, rate and time left on a terminal. A nil bar shows
// nothing.
type Bar struct{ shown *progressbar.ProgressBar }

// NewBar makes a bar on w, or nil if w is no terminal. unit is what is counted.
func NewBar(w io.Writer, description, unit string, total int64) *Bar {
	if !isTerminal(w) || total < 1 {
		return nil
	}
	options := []progressbar.Option{
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(description),
		progressbar.OptionFullWidth(),
		progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "=", SaucerHead: ">", SaucerPadding: " ", BarStart: "[", BarEnd: "]"}),
	}
	if unit == UnitBytes {
		options = append(options, progressbar.OptionShowBytes(true))
	} else {
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit))
	}
	return &Bar{progressbar.NewOptions64(total, options...)}
}

// UnitBytes counts bytes, which the bar shows as kB and MB.
const UnitBytes = "bytes"

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// Add counts n more. Errors of a progress bar are nobody's concern.
func (b *Bar) Add(n int) {
	if b != nil {
		_ = b.shown.Add(n)
	}
}

// Set counts up to n; the models' functions report in this way.
func (b *Bar) Set(n int) {
	if b != nil {
		_ = b.shown.Set(n)
	}
}

// Describe says what is being done.
func (b *Bar) Describe(description string) {
	if b != nil {
		b.shown.Describe(description)
	}
}

// Clear makes room for a line of text; the next Add draws the bar anew.
func (b *Bar) Clear() {
	if b != nil {
		_ = b.shown.Clear()
	}
}

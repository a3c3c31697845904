package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A bar shows progress, rate and time left on a terminal. A nil bar shows
// nothing.
type bar struct{ *progressbar.ProgressBar }

// newBar makes a bar on w, or nil if w is no terminal. unit is what is counted.
func newBar(w io.Writer, description, unit string, total int64) *bar {
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
	if unit == unitBytes {
		options = append(options, progressbar.OptionShowBytes(true))
	} else {
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit))
	}
	return &bar{progressbar.NewOptions64(total, options...)}
}

const unitBytes = "bytes"

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// add counts n more. Errors of a progress bar are nobody's concern.
func (b *bar) add(n int) {
	if b != nil {
		_ = b.Add(n)
	}
}

// set counts up to n; the models' functions report in this way.
func (b *bar) set(n int) {
	if b != nil {
		_ = b.Set(n)
	}
}

func (b *bar) describe(description string) {
	if b != nil {
		b.Describe(description)
	}
}

// clear makes room for a line of text; the next add draws the bar anew.
func (b *bar) clear() {
	if b != nil {
		_ = b.Clear()
	}
}

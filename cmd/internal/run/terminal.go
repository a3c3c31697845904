package run

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
)

// Terminal is the observer that a user watches: a line for each epoch, and the
// progress bar.
type Terminal struct {
	Nop
	Out io.Writer
	Bar *cli.Bar
}

// Start writes the heading of the lines.
func (t Terminal) Start(e Epoch) {
	if e.Number < e.Of {
		fmt.Fprintln(t.Out, epochHeading(e.Columns))
	}
	t.describe(e)
}

// Images moves the bar.
func (t Terminal) Images(n int) { t.Bar.Add(n) }

// Saved writes the epoch's line.
func (t Terminal) Saved(e Epoch) {
	t.Bar.Clear()
	fmt.Fprintln(t.Out, epochLine(e))
	t.describe(e)
}

// Ending says what the bar counts now.
func (t Terminal) Ending(what string) { t.Bar.Describe(what) }

// describe names the epoch that comes after e.
func (t Terminal) describe(e Epoch) {
	if e.Number < e.Of {
		t.Bar.Describe(fmt.Sprintf("epoch %d/%d", e.Number+1, e.Of))
	}
}

// epochHeading stands above the lines.
func epochHeading(columns []string) string {
	var b strings.Builder
	b.WriteString("epoch")
	for _, name := range columns {
		fmt.Fprintf(&b, " %9s", name)
	}
	return b.String() + "  images/s"
}

// epochLine is the row of log.csv for the eye.
func epochLine(e Epoch) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%5d", e.Number)
	for _, figure := range e.Figures {
		fmt.Fprintf(&b, " %9.4g", figure)
	}
	fmt.Fprintf(&b, " %9.0f", e.rate())
	return b.String()
}

// Forecast is the observer that says after the first minibatches how long it will take,
// for those who have to wait.
type Forecast struct {
	Nop
	Out  io.Writer
	Left int // images to come, when it starts

	began time.Time
	done  int // images
	said  bool
}

// forecastAfter is the time that is measured.
const forecastAfter = 500 * time.Millisecond

// Start begins to measure.
func (f *Forecast) Start(Epoch) { f.began = time.Now() }

// Images measures until it has seen enough.
func (f *Forecast) Images(n int) {
	f.done += n
	passed := time.Since(f.began)
	if f.said || passed < forecastAfter {
		return
	}
	f.said = true
	left := passed.Seconds() / float64(f.done) * float64(f.Left-f.done)
	fmt.Fprintf(f.Out, "plain Go, without assembly for this processor: %s, by the first %d images; targetprop info says why\n", about(left), f.done)
}

// about is a time in words.
func about(seconds float64) string {
	for _, unit := range []struct {
		name    string
		seconds float64
	}{{"days", 86400}, {"hours", 3600}, {"minutes", 60}} {
		if n := seconds / unit.seconds; n >= 1.5 {
			return fmt.Sprintf("about %.2g %s", n, unit.name)
		}
	}
	return fmt.Sprintf("about %.0f seconds", seconds)
}

// JSONLines is the observer for programs: a line of JSON for each epoch that is done, with
// the names of the log.
type JSONLines struct {
	Nop
	Out io.Writer
}

// Saved writes the epoch's line.
func (j JSONLines) Saved(e Epoch) {
	line := map[string]any{"epoch": e.Number, "epochs": e.Of, "seconds": rounded(e.Elapsed.Seconds()), "images_per_second": rounded(e.rate())}
	for i, name := range e.Columns {
		if i < len(e.Figures) {
			line[name] = rounded(e.Figures[i])
		}
	}
	_ = cli.WriteJSONLine(j.Out, line) // the writer remembers its errors
}

// rounded is a number with six digits; one that is not finite is null.
func rounded(x float64) any {
	if x-x != 0 {
		return nil
	}
	return json.Number(strconv.FormatFloat(x, 'g', 6, 64))
}

// WriteResult writes a line of JSON about a run that is complete.
func WriteResult(w io.Writer, r *Run) error {
	e := r.epoch()
	return cli.WriteJSONLine(w, map[string]any{
		"model": r.Dir.Model(), "log": r.Dir.Log(), "epochs": e.Number, "of": e.Of, "data": r.Notes[modelfile.NoteData], "images": r.Images, "layers": r.Trainer.Sizes(),
	})
}

package run

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/model"
)

// epochLog is the observer that keeps log.csv: one row for each epoch done.
type epochLog struct {
	Nop
	group  model.Group
	path   string
	header []string
	rows   [][]string
}

// MaxLog is the largest log that is read, in bytes.
const MaxLog = 256 << 20

func newEpochLog(g model.Group, path string, columns []string) *epochLog {
	return &epochLog{group: g, path: path, header: slices.Concat([]string{"epoch"}, columns, []string{"images_per_second", "seconds"})}
}

// reload takes over the rows of the first epochs from the file. The file is a
// report and not needed to continue: rows that are missing or damaged are left
// out, together with those behind them.
func (l *epochLog) reload(epochs int) error {
	content, err := atomicfile.ReadFile(l.path, MaxLog)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	r := csv.NewReader(bytes.NewReader(content))
	header, err := r.Read()
	if err != nil || !slices.Equal(header, l.header) {
		return nil
	}
	for len(l.rows) < epochs {
		row, err := r.Read()
		if err != nil || row[0] != strconv.Itoa(len(l.rows)+1) {
			break
		}
		l.rows = append(l.rows, row)
	}
	return nil
}

// Epoch appends a row and rewrites the file. It comes before the checkpoint: a
// row too many is dropped on resume, one too few would be missing for ever.
func (l *epochLog) Epoch(_ context.Context, e Epoch) error {
	if e.Number == 0 {
		return nil
	}
	row := []string{strconv.Itoa(e.Number)}
	for _, figure := range e.Figures {
		row = append(row, strconv.FormatFloat(figure, 'g', -1, 64))
	}
	row = append(row, strconv.FormatFloat(e.rate(), 'f', 1, 64), strconv.FormatFloat(e.Elapsed.Seconds(), 'f', 3, 64))
	l.rows = append(l.rows, row)
	if !together.Writes(l.group) {
		return nil
	}
	content, err := cli.CSV(l.header, l.rows)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(l.path, content)
}

// Seconds is the time that the run in the folder has trained, by its log. columns
// are its trainer's.
func (d Dir) Seconds(columns []string) float64 {
	log := newEpochLog(nil, d.Log(), columns)
	if log.reload(1<<30) != nil {
		return 0
	}
	return log.seconds()
}

// seconds is the time of the rows.
func (l *epochLog) seconds() float64 {
	total := 0.0
	for _, row := range l.rows {
		if s, err := strconv.ParseFloat(row[len(row)-1], 64); err == nil {
			total += s
		}
	}
	return total
}

// clock measures the time spent on an epoch. A clock that was not started
// stands still.
type clock struct {
	began   time.Time
	carried time.Duration // before an interruption
}

// start begins, or goes on after an interruption.
func (c *clock) start() { c.began = time.Now() }

// restart begins the next epoch.
func (c *clock) restart() { c.began, c.carried = time.Now(), 0 }

// elapsed is the time spent on the epoch.
func (c *clock) elapsed() time.Duration {
	if c.began.IsZero() {
		return c.carried
	}
	return c.carried + time.Since(c.began)
}

// stop leaves out what passes before resume is called.
func (c *clock) stop() (resume func()) {
	stopped := time.Now()
	return func() {
		if !c.began.IsZero() {
			c.began = c.began.Add(time.Since(stopped))
		}
	}
}

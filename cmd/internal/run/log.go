package run

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
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

// reload takes over the rows of the first epochs from the file, of those of which the
// checkpoint has noted the sum; an empty one is not compared. The file is a report and not
// needed to continue. One that is not as the run left it is not taken over, and foreign says
// why: it is the user's now, or another run's. Of one with too many rows those that have the sum
// are: it is of a copy that was made while the run went on.
func (l *epochLog) reload(epochs int, sum string) (foreign string, err error) {
	content, err := atomicfile.ReadFile(l.path, MaxLog)
	if os.IsNotExist(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	l.rows, foreign = l.parse(content, epochs)
	if foreign == "" && sum != "" && sum != l.sum() {
		foreign = "its rows are others, or fewer"
	}
	if foreign != "" && (sum == "" || sum != l.sum()) {
		l.rows = nil
	}
	return foreign, nil
}

// mayFollow is how many rows may follow those of the epochs that a checkpoint knows of, which
// will be repeated: one comes before its checkpoint, see [epochLog.Epoch], and one is of the last
// checkpoint where that before it serves.
const mayFollow = 2

// parse is the rows of the first epochs. They need not begin with the first, as after a log
// that was removed.
func (l *epochLog) parse(content []byte, epochs int) (rows [][]string, foreign string) {
	r := csv.NewReader(bytes.NewReader(content))
	header, err := r.Read()
	if err != nil || !slices.Equal(header, l.header) {
		return nil, "its heading is another"
	}
	before := 0
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, foreign
		}
		if err != nil {
			return nil, err.Error()
		}
		epoch, err := strconv.Atoi(row[0])
		if err != nil || epoch <= before || row[0] != strconv.Itoa(epoch) {
			return nil, fmt.Sprintf("after the row of epoch %d comes %q", before, row[0])
		}
		for _, figure := range row[1:] {
			if _, err := strconv.ParseFloat(figure, 64); err != nil {
				return nil, fmt.Sprintf("epoch %d has %q for a number", epoch, figure)
			}
		}
		if epoch > epochs+mayFollow {
			foreign = fmt.Sprintf("it has a row of epoch %d", epoch)
		}
		if before = epoch; epoch <= epochs {
			rows = append(rows, row)
		}
	}
}

// sum is the SHA-256 of the rows, as far as they do not depend on the machine; "" of none.
func (l *epochLog) sum() string {
	if len(l.rows) == 0 {
		return ""
	}
	h := sha256.New()
	for _, row := range l.rows {
		fmt.Fprintln(h, row[:len(row)-2])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// setAside gives a log that is not this run's another name, and says which.
func (l *epochLog) setAside() (name string, err error) {
	for i := 1; ; i++ {
		name = fmt.Sprintf("%s.kept%d.csv", strings.TrimSuffix(l.path, ".csv"), i)
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return "", err
		}
	}
	if err := atomicfile.Keep(l.path, name); err != nil {
		return "", err
	}
	_, err = atomicfile.Remove(l.path)
	return name, err
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
	return l.write()
}

func (l *epochLog) write() error {
	content, err := cli.CSV(l.header, l.rows)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(l.path, content)
}

// Seconds is the time that the run in the folder has trained, if its log has a row for each of
// the epochs, or for each that there was of one that may have ended before. columns are its trainer's.
func (d Dir) Seconds(columns []string, epochs int, before bool) (seconds float64, ok bool) {
	log := newEpochLog(nil, d.Log(), columns)
	if _, err := log.reload(epochs, ""); err != nil || len(log.rows) == 0 {
		return 0, false
	}
	n := len(log.rows)
	if last := log.rows[n-1][0]; last != strconv.Itoa(n) || n < epochs && !before {
		return 0, false
	}
	return log.seconds(), true
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

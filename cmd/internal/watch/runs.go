package watch

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// runs are the runs on the page. One has its number for as long as the page is
// served.
type runs struct {
	given []string

	mu      sync.Mutex
	folders []*folder
	seen    map[string]bool // also of those that are not shown
	looked  time.Time
}

// Most is how many of the runs that are there are shown, those that changed last. Those that begin later are
// shown too.
const Most = 100

// betweenLooks is the time between two looks for new runs.
const betweenLooks = 2 * time.Second

func newRuns(given []string) *runs { return &runs{given: given, seen: map[string]bool{}} }

// isRun tells whether a folder holds a run.
func isRun(path string) bool {
	for _, file := range []string{run.Dir(path).Checkpoint(), run.Dir(path).Log()} {
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// Found are the runs in the folders and one level below. It fails if a folder that
// was named can not be read.
func Found(folders []string) (runs []string, err error) {
	for _, path := range folders {
		if isRun(path) {
			runs = append(runs, path)
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if inside := filepath.Join(path, e.Name()); isRun(inside) {
				runs = append(runs, inside)
			}
		}
	}
	return runs, nil
}

// changed is when a run last wrote its log, or its first checkpoint.
func changed(path string) time.Time {
	for _, file := range []string{run.Dir(path).Log(), run.Dir(path).Checkpoint()} {
		if info, err := os.Stat(file); err == nil {
			return info.ModTime()
		}
	}
	return time.Time{}
}

// look finds runs that are new.
func (r *runs) look() {
	if time.Since(r.looked) < betweenLooks {
		return
	}
	r.looked = time.Now()
	found, _ := Found(r.given) // what has gone in the meantime shows no more
	var fresh []string
	for _, path := range found {
		if !r.seen[path] {
			r.seen[path], fresh = true, append(fresh, path)
		}
	}
	if len(fresh) > Most {
		slices.SortStableFunc(fresh, func(a, b string) int { return changed(b).Compare(changed(a)) })
		fresh = fresh[:Most]
	}
	for _, path := range fresh {
		r.folders = append(r.folders, &folder{id: len(r.folders), dir: run.Dir(path), angles: map[int]angles{}})
	}
}

// at is the run of a number.
func (r *runs) at(number string) *folder {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(r.folders) {
		return nil
	}
	return r.folders[i]
}

// status is a run in few words. The page asks for it all the time.
type status struct {
	ID      int       `json:"id"`
	Name    string    `json:"name"`
	Version string    `json:"version"` // changes with what about tells
	Now     frame.Now `json:"now"`
	Silent  float64   `json:"silent"` // seconds since the run last told of itself
}

// all is the status of all runs.
func (r *runs) all() []status {
	r.mu.Lock()
	r.look()
	folders := slices.Clone(r.folders)
	r.mu.Unlock()
	all := []status{}
	for _, f := range folders {
		all = append(all, f.status())
	}
	return all
}

// folder is a run.
type folder struct {
	id  int
	dir run.Dir

	mu     sync.Mutex
	angles map[int]angles // by epoch, as far as they were read
}

// angles are those of an epoch's frame, which is of a certain time.
type angles struct {
	of     time.Time
	Epoch  int           `json:"epoch"`
	Layers []frame.Angle `json:"layers"`
}

func (f *folder) status() status {
	s := status{ID: f.id, Name: filepath.Base(string(f.dir))}
	if abs, err := filepath.Abs(string(f.dir)); err == nil {
		s.Name = filepath.Base(abs)
	}
	now, err := f.dir.Now()
	if err == nil {
		s.Now, s.Silent = now, max(0, time.Since(now.Time).Seconds())
	}
	for _, path := range []string{f.dir.Log(), f.dir.Frames().RunPath(), string(f.dir.Frames()), f.dir.Model(), f.dir.Checkpoint()} {
		if info, err := os.Stat(path); err == nil && (path != string(f.dir.Frames())) {
			s.Version += strconv.FormatInt(info.ModTime().UnixNano(), 36) + "."
		} else if err == nil {
			s.Version += fmt.Sprint(len(f.dir.Frames().Epochs())) + "."
		} else {
			s.Version += "-."
		}
	}
	return s
}

// about is all that a page shows of a run, but for the frames.
type about struct {
	status
	Dir     string     `json:"dir"`
	Run     *frame.Run `json:"run"` // nil if an earlier version trained it
	Columns []string   `json:"columns"`
	Rows    [][]Number `json:"rows"`   // of the log
	Frames  []int      `json:"frames"` // by their epochs
	Angles  []angles   `json:"angles"`
	Model   string     `json:"model"` // what there is to play with: "model", "checkpoint" or ""
}

func (f *folder) about() about {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := about{status: f.status(), Dir: string(f.dir), Frames: f.dir.Frames().Epochs(), Angles: []angles{}, Rows: [][]Number{}}
	if r, err := f.dir.Frames().Run(); err == nil {
		a.Run = &r
	}
	a.Columns, a.Rows = ReadLog(f.dir.Log())
	for _, epoch := range a.Frames {
		if layers := f.anglesOf(epoch); len(layers.Layers) > 0 {
			a.Angles = append(a.Angles, layers)
		}
	}
	if a.Frames == nil {
		a.Frames = []int{}
	}
	if _, err := os.Stat(f.dir.Model()); err == nil {
		a.Model = "model"
	} else if _, err := os.Stat(f.dir.Checkpoint()); err == nil {
		a.Model = "checkpoint"
	}
	return a
}

// anglesOf are those of an epoch's frame. They are kept, since a frame is large.
func (f *folder) anglesOf(epoch int) angles {
	info, err := os.Stat(f.dir.Frames().Path(epoch))
	if err != nil {
		return angles{}
	}
	if kept, ok := f.angles[epoch]; ok && kept.of.Equal(info.ModTime()) {
		return kept
	}
	a := angles{of: info.ModTime(), Epoch: epoch}
	if read, err := f.dir.Frames().Read(epoch); err == nil {
		a.Layers = read.Angles
	}
	f.angles[epoch] = a
	return a
}

// Number is a figure of a log; one that is not finite is null.
type Number float64

// MarshalJSON writes it.
func (n Number) MarshalJSON() ([]byte, error) {
	if n-n != 0 {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(n), 'g', 6, 64), nil
}

// mostRows is how many rows of a log are shown: of a longer one, the last.
const mostRows = 5000

// ReadLog reads log.csv as far as it is whole.
func ReadLog(path string) (columns []string, rows [][]Number) {
	rows = [][]Number{}
	content, err := atomicfile.ReadFile(path, run.MaxLog)
	if err != nil {
		return []string{}, rows
	}
	r := csv.NewReader(bytes.NewReader(content))
	columns, err = r.Read()
	if err != nil {
		return []string{}, rows
	}
	for {
		row, err := r.Read()
		if err != nil {
			break
		}
		numbers := make([]Number, len(row))
		for i, text := range row {
			x, err := strconv.ParseFloat(text, 64)
			if err != nil && !errors.Is(err, strconv.ErrRange) { // which is infinite
				return columns, rows
			}
			numbers[i] = Number(x)
		}
		rows = append(rows, numbers)
	}
	return columns, rows[max(0, len(rows)-mostRows):]
}

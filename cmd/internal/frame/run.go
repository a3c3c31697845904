package frame

import "time"

// Run is what a run is, and does not change while a process trains it.
type Run struct {
	Task     string    `json:"task"`
	Data     string    `json:"data"`
	Images   int       `json:"images"` // to learn from
	Sizes    []int     `json:"sizes"`  // of the layers
	Columns  []string  `json:"columns"`
	Settings []Setting `json:"settings"`
	Machine  string    `json:"machine"` // instruction set and threads
	Version  string    `json:"version"`
	// Probes are the images whose reconstructions the frames show.
	Probes *Sheet  `json:"probes,omitempty"`
	Labels []uint8 `json:"labels,omitempty"` // of the probes
}

// Setting is a setting by the name of its flag.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// States of a run.
const (
	Training = "training"
	Ending   = "finishing" // after the last epoch
	Finished = "finished"
	Stopped  = "stopped" // saved, and can be resumed
)

// Now is how far a run has come.
type Now struct {
	State  string    `json:"state"`
	Time   time.Time `json:"time"` // when this was so
	Epoch  int       `json:"epoch"`
	Epochs int       `json:"epochs"`        // in all
	Done   int       `json:"done"`          // images of this epoch
	Rate   float64   `json:"rate"`          // images a second of late
	Left   float64   `json:"left"`          // seconds to the end, by that rate
	Why    string    `json:"why,omitempty"` // it stopped
	// Then are words before the command that continues it, which names the folder, that may get another name.
	Then string `json:"then,omitempty"`
	// Trained and Looked are the seconds that the process has spent on epochs that are
	// done, and on looks after them.
	Trained float64 `json:"trained"`
	Looked  float64 `json:"looked"`
}

// SetRun and SetNow write what the others read.
func (d Folder) SetRun(r Run) error { return writeJSON(d.RunPath(), r) }
func (d Folder) SetNow(n Now) error { return writeJSON(d.NowPath(), n) }

// Run reads what SetRun wrote.
func (d Folder) Run() (r Run, err error) {
	err = readJSON(d.RunPath(), &r)
	return r, err
}

// Now reads what SetNow wrote.
func (d Folder) Now() (n Now, err error) {
	err = readJSON(d.NowPath(), &n)
	return n, err
}

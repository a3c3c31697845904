package frame

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Folder is where a run keeps its frames, and what else a watcher wants to know. It
// is a report: nothing that trains reads it.
type Folder string

// maxFile is the most bytes of a frame that is read.
const maxFile = 64 << 20

// most is how many frames are kept.
const most = 64

// name is that of a frame, by its epoch.
var name = regexp.MustCompile(`^epoch([0-9]{6,9})\.json$`)

// Path is the file of an epoch's frame.
func (d Folder) Path(epoch int) string {
	digits := strconv.Itoa(epoch)
	for len(digits) < 6 {
		digits = "0" + digits
	}
	return filepath.Join(string(d), "epoch"+digits+".json")
}

// Epochs are those of which there is a frame, ascending.
func (d Folder) Epochs() []int {
	entries, err := os.ReadDir(string(d))
	if err != nil {
		return nil
	}
	var epochs []int
	for _, e := range entries {
		if m := name.FindStringSubmatch(e.Name()); m != nil {
			if epoch, err := strconv.Atoi(m[1]); err == nil {
				epochs = append(epochs, epoch)
			}
		}
	}
	slices.Sort(epochs)
	return epochs
}

// Files are those that a run keeps in the folder, there or not, and the frames that are there.
// It fails if the folder is no folder, or a link: what is in one that a link leads to is
// another's.
func (d Folder) Files() ([]string, error) {
	info, err := os.Lstat(string(d))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, fmt.Errorf("%s is in the way: it is a link, and not followed; a folder has to be there, or nothing", d)
	case !info.IsDir():
		return nil, fmt.Errorf("%s is in the way: it is no folder", d)
	}
	paths := []string{d.RunPath(), d.NowPath()}
	for _, epoch := range d.Epochs() {
		paths = append(paths, d.Path(epoch))
	}
	return paths, nil
}

// Clear removes what a run keeps in the folder.
func (d Folder) Clear() error {
	paths, err := d.Files()
	if err != nil {
		return err
	}
	for _, path := range paths {
		if _, err := atomicfile.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// Begin makes the folder, or removes from it what a run of so many epochs has not
// done yet.
func (d Folder) Begin(epochs int) error {
	if err := atomicfile.MakeFolder(string(d)); err != nil {
		return err
	}
	atomicfile.RemoveLeftovers(string(d))
	for _, epoch := range d.Epochs() {
		if epoch > epochs {
			if _, err := atomicfile.Remove(d.Path(epoch)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Add keeps a frame. If there are too many, one goes that lies close between its
// neighbours, so that those left are spread over the epochs.
func (d Folder) Add(f Frame) error {
	if err := writeJSON(d.Path(f.Epoch), f); err != nil {
		return err
	}
	epochs := d.Epochs()
	if len(epochs) <= most {
		return nil
	}
	closest := 1 // the first and the last stay
	for i := 1; i < len(epochs)-1; i++ {
		if epochs[i+1]-epochs[i-1] < epochs[closest+1]-epochs[closest-1] {
			closest = i
		}
	}
	_, err := atomicfile.Remove(d.Path(epochs[closest]))
	return err
}

// Read is the frame of an epoch.
func (d Folder) Read(epoch int) (f Frame, err error) {
	err = readJSON(d.Path(epoch), &f)
	return f, err
}

func writeJSON(path string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return atomicfile.WriteLoose(path, text)
}

func readJSON(path string, v any) error {
	text, err := atomicfile.ReadFile(path, maxFile)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, v)
}

// RunPath and NowPath are the files of SetRun and SetNow.
func (d Folder) RunPath() string { return filepath.Join(string(d), "run.json") }
func (d Folder) NowPath() string { return filepath.Join(string(d), "now.json") }

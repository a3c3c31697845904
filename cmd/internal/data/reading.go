package data

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"
	"golang.org/x/text/unicode/norm"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset/reading"
)

// Reading says how a folder or a file is read, as flags have it. The zero value is
// what nobody said anything about. A model remembers it, so that the same images are
// found again.
type Reading struct {
	Size      string `json:"size,omitempty"`
	Split     string `json:"split,omitempty"`
	SplitSeed uint64 `json:"split_seed,omitempty"`
	Label     string `json:"label,omitempty"`
	// Undivided says that no part is drawn, whatever the others say.
	Undivided bool `json:"-"`
}

// AddFlags defines the flags.
func (r *Reading) AddFlags(f *pflag.FlagSet) {
	f.StringVar(&r.Size, "size", "", "`WxH`: scale the pictures of a folder to so many pixels; make pictures of rows of numbers")
	f.StringVar(&r.Split, "split", "", "`parts` for training, validation and test, drawn where one is missing (default 80,10,10)")
	f.Uint64Var(&r.SplitSeed, "split-seed", 0, "`seed` of that draw (default 1)")
	f.StringVar(&r.Label, "label", "", "`column` of a table that has the labels: its name, its number or none")
}

// Args are the flags that say the same.
func (r Reading) Args() (args []string) {
	seed := ""
	if r.SplitSeed != 0 {
		seed = strconv.FormatUint(r.SplitSeed, 10)
	}
	for _, f := range [][2]string{{"size", r.Size}, {"split", r.Split}, {"split-seed", seed}, {"label", r.Label}} {
		if f[1] != "" {
			args = append(args, fmt.Sprintf("--%s=%s", f[0], f[1]))
		}
	}
	return args
}

// options are those of package reading.
func (r Reading) options() (o reading.Options, err error) {
	if r.Size != "" {
		if n, err := fmt.Sscanf(strings.ToLower(r.Size)+"\n", "%dx%d\n", &o.Width, &o.Height); n != 2 || err != nil || o.Width < 1 || o.Height < 1 {
			return o, cli.Usagef("--size %q: want width and height in pixels, as 32x32", r.Size)
		}
	}
	if r.Split != "" {
		if o.Split, err = reading.ParseSplit(r.Split); err != nil {
			return o, cli.Usagef("--%v", err)
		}
	}
	if !utf8.ValidString(r.Label) { // which the notes of a model could not keep
		return o, cli.Usagef("--label %+q: want UTF-8; or the number of the column, from 1 on", r.Label)
	}
	o.Split.Seed, o.Split.None, o.Label = r.SplitSeed, r.Undivided, r.Label
	if err := o.Validate(); err != nil {
		return o, cli.Usagef("--%v", err)
	}
	return o, nil
}

// Same tells whether both say the same, also in two forms of Unicode.
func (r Reading) Same(other Reading) bool {
	r.Label, other.Label = norm.NFC.String(r.Label), norm.NFC.String(other.Label)
	return r == other
}

// Validate finds bad values before any file is looked at.
func (r Reading) Validate() error {
	_, err := r.options()
	return err
}

// Note is the text for a model, "" of the zero value.
func (r Reading) Note() string {
	if r == (Reading{}) {
		return ""
	}
	text, err := json.Marshal(r)
	if err != nil {
		return ""
	}
	return string(text)
}

// ReadNote is the inverse of Note.
func ReadNote(text string) (r Reading, err error) {
	if text == "" {
		return r, nil
	}
	if err = json.Unmarshal([]byte(text), &r); err == nil {
		err = r.Validate()
	}
	return r, err
}

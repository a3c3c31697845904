package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// epochLog is log.csv: one row for each epoch done.
type epochLog struct {
	path   string
	header []string
	rows   [][]string
}

// epochResult is a row.
type epochResult struct {
	epoch   int // from 1
	losses  []float64
	images  int
	elapsed time.Duration
}

func (r epochResult) rate() float64 { return float64(r.images) / max(r.elapsed.Seconds(), 1e-9) }

// lossNames are f1 g1 f2 g2 ..., in the order of model.Network.Maps.
func lossNames(maps int) []string {
	var names []string
	for i := range maps {
		names = append(names, string("fg"[i%2])+strconv.Itoa(i/2+1))
	}
	return names
}

func newEpochLog(path string, maps int) *epochLog {
	header := append([]string{"epoch"}, lossNames(maps)...)
	return &epochLog{path: path, header: append(header, "images_per_second", "seconds")}
}

// reload takes over the rows of the first epochs from the file. The file is a
// report and not needed to continue: rows that are missing or damaged are left
// out, together with those behind them.
func (l *epochLog) reload(epochs int) error {
	content, err := os.ReadFile(l.path)
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

// add appends a row and rewrites the file.
func (l *epochLog) add(r epochResult) error {
	row := []string{strconv.Itoa(r.epoch)}
	for _, loss := range r.losses {
		row = append(row, strconv.FormatFloat(loss, 'g', -1, 64))
	}
	row = append(row, strconv.FormatFloat(r.rate(), 'f', 1, 64), strconv.FormatFloat(r.elapsed.Seconds(), 'f', 3, 64))
	l.rows = append(l.rows, row)
	return atomicfile.Write(l.path, func(w io.Writer) error {
		c := csv.NewWriter(w)
		if err := c.Write(l.header); err != nil {
			return err
		}
		return c.WriteAll(l.rows)
	})
}

// epochHeading and line are the same for the eye.
func epochHeading(maps int) string {
	var b strings.Builder
	b.WriteString("epoch")
	for _, name := range lossNames(maps) {
		fmt.Fprintf(&b, " %9s", name)
	}
	return b.String() + "  images/s"
}

func (r epochResult) line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%5d", r.epoch)
	for _, loss := range r.losses {
		fmt.Fprintf(&b, " %9.4g", loss)
	}
	fmt.Fprintf(&b, " %9.0f", r.rate())
	return b.String()
}

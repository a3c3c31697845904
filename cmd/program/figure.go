package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// inputs is what a command reads: files, and where its examples come from.
type inputs struct {
	data  string
	files []string
}

// checkOutputs fails, before the work, if files could not be written, or would replace each
// other or what the command reads. Those of no name are not asked for.
func checkOutputs(ctx context.Context, g model.Group, in inputs, paths ...string) error {
	if !together.Writes(g) {
		return nil
	}
	taken := in.files
	for _, path := range paths {
		if path == "" {
			continue
		}
		if err := atomicfile.Check(path); err != nil {
			return err
		}
		for _, other := range taken {
			if sameFile(path, other) {
				return cli.Usagef("%s is named twice: as what is to be written, and as %s; choose another name", path, other)
			}
		}
		taken = append(taken, path)
	}
	return data.CheckApart(ctx, in.data, paths...)
}

// sameFile tells whether two paths lead to one file, which need not be there yet.
func sameFile(a, b string) bool {
	if place(a) == place(b) {
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// place is a path whose folder is named in full and without links.
func place(path string) string {
	folder, name := filepath.Split(path) // not Dir, by which link/.. is here
	if folder == "" {
		folder = "."
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	return filepath.Join(folder, name)
}

// begin is an engine for a command whose outputs could be written, and are none of its inputs.
func begin(ctx context.Context, g model.Group, threads int, in inputs, outputs ...string) (*kernels.Engine, error) {
	engine, err := cli.NewEngine(threads)
	if err != nil {
		return nil, err
	}
	if err := checkOutputs(ctx, g, in, outputs...); err != nil {
		engine.Close()
		return nil, err
	}
	return engine, nil
}

// checkFigure is checkOutputs of a picture and its numbers. --out names the picture: a
// file in the place of the numbers that has other columns is the user's own.
func checkFigure(ctx context.Context, path string, columns []string) error {
	table := tableOf(path)
	if err := checkOutputs(ctx, nil, inputs{}, path, table); err != nil {
		return err
	}
	f, err := atomicfile.Open(table)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	want := strings.Join(columns, ",")
	start := make([]byte, len(want))
	if _, err := io.ReadFull(f, start); err != nil || string(start) != want {
		return fmt.Errorf("%s is there, and not such a file as this command writes beside %s: move it away, or choose another --out", table, path)
	}
	return nil
}

// tableOf is the file of the numbers that belong to a picture.
func tableOf(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) + ".csv" }

// addJSON defines --json, which writeFigure reads.
func addJSON(cmd *cobra.Command) { cmd.Flags().Bool("json", false, "write JSON") }

// writeFigure writes a picture and, beside it, its numbers, and prints its caption.
func writeFigure(cmd *cobra.Command, path string, content, numbers []byte, caption string) error {
	table := tableOf(path)
	if err := atomicfile.WriteBytes(path, content); err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(table, numbers); err != nil {
		return err
	}
	if asJSON, err := cmd.Flags().GetBool("json"); err == nil && asJSON {
		return cli.WriteJSON(cmd.OutOrStdout(), map[string]string{"picture": path, "numbers": table, "caption": caption})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s\n\npicture  %s\nnumbers  %s\n", cli.Wrap(caption, cli.HelpWidth), path, table)
	return nil
}

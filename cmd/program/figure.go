package program

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// writeFigure writes a picture and, beside it, its numbers, and prints its caption.
func writeFigure(cmd *cobra.Command, path string, content, numbers []byte, caption string) error {
	table := strings.TrimSuffix(path, filepath.Ext(path)) + ".csv"
	if err := atomicfile.WriteBytes(path, content); err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(table, numbers); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s\n\npicture  %s\nnumbers  %s\n", cli.Wrap(caption, cli.HelpWidth), path, table)
	return nil
}

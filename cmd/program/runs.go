package program

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/compare"
)

func newRuns() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "runs [DIR...]",
		Short: "List and compare runs",
		Long: `Lists the runs in folders, by default those below runs: how far each has come,
its data, the curve of each column of its log with the last value, and the
log-likelihood that targetprop eval --save has left. Below stand the settings
that are not the same in all of them, in the order of the runs. A note says
where log-likelihoods do not compare, as eval does for several models. DIR is
the folder of a run, or a folder of such folders.`,
		Example: `  targetprop runs
  targetprop runs runs/digits runs/deep
  targetprop runs --json`,
		Args: cobra.ArbitraryArgs,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON, with all rows of the logs")
	cmd.ValidArgsFunction = cli.CompleteFolders
	cmd.RunE = cli.ActionOn(func(cmd *cobra.Command, dirs []string) error {
		if len(dirs) == 0 {
			dirs = []string{"runs"}
		}
		found, err := compare.All(dirs)
		if err != nil {
			return fmt.Errorf("%w; a run makes one: %s", err, cli.CommandLine("train"))
		}
		for _, text := range compare.Apart(found) {
			fmt.Fprintf(cmd.ErrOrStderr(), "targetprop: note: %s\n", cli.Plain(text))
		}
		if asJSON {
			return cli.WriteJSON(cmd.OutOrStdout(), found)
		}
		if len(found) == 0 {
			fmt.Fprintf(cmd.OutOrStdout(), "no runs; %s makes one\n", cli.CommandLine("train"))
		}
		compare.Write(cmd.OutOrStdout(), found)
		return nil
	})
	return cmd
}

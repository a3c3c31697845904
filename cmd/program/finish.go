package program

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
)

func newFinish() *cobra.Command {
	var patience time.Duration
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "finish [DIR]",
		Short: "Have a training finish now, with a model",
		Long: `Asks the process that trains in a folder, by default runs/digits, not to wait
for the last epoch: it ends after the minibatch at hand, estimates the prior,
and writes samples and model. The checkpoint stays, so that the run can go on
later with train --resume. finish returns when it has an answer.

The request is a file in the folder. So it may come from another machine that
shares the disk, and works for a group of processes.`,
		Example: `  targetprop finish
  targetprop finish runs/mnist`,
		Args: cobra.MaximumNArgs(1),
	}
	cmd.Flags().DurationVar(&patience, "wait", 30*time.Second, "`time` to wait for an answer, which comes after a minibatch")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	cmd.ValidArgsFunction = cli.CompleteFolders
	cmd.RunE = cli.ActionOn(func(cmd *cobra.Command, args []string) error {
		if patience < 0 {
			return cli.Usagef("--wait %v: want 0 or more", patience)
		}
		dir := run.DefaultDir(task.Generate, data.Default)
		if len(args) > 0 {
			dir = run.Dir(args[0])
		}
		switch err := dir.AskToFinish(cmd.Context(), patience); {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%s is no folder of a run: there is no %s", dir, dir.Checkpoint())
		case errors.Is(err, run.ErrIdle):
			return fmt.Errorf("%s: nobody trains there now; commands take its checkpoint as it is with --model %s", dir, dir.Checkpoint())
		case errors.Is(err, run.ErrNobody):
			return fmt.Errorf("%s: nobody who trains there has answered within %v; commands take its checkpoint as it is with --model %s", dir, patience, dir.Checkpoint())
		case err != nil:
			return err
		}
		if asJSON {
			return cli.WriteJSON(cmd.OutOrStdout(), map[string]string{"dir": string(dir), "model": dir.Model()})
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s finishes now: prior, samples, and then %s\n", dir, dir.Model())
		return nil
	})
	return cmd
}

package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
)

// addData defines --data.
func addData(flags *pflag.FlagSet, source *string, value string) {
	flags.StringVar(source, "data", value, "`source` of the images: digits (built in), mnist, fashion-mnist (downloaded once), or a folder with the four IDX files")
}

// addTestData defines --data for commands that measure a model.
func addTestData(flags *pflag.FlagSet, source *string) {
	addData(flags, source, "")
	flags.Lookup("data").Usage += " (default: the named set that the model was trained on)"
}

// addModel defines --model, by default that of a run in the folder.
func addModel(flags *pflag.FlagSet, path *string, folder run.Dir) {
	flags.StringVar(path, "model", folder.Model(), "`file` of the model, or folder of its run")
}

// addThreads defines --threads.
func addThreads(flags *pflag.FlagSet, threads *int) {
	flags.IntVar(threads, "threads", 0, "`number` of threads, 0 for all cores; does not change results")
}

// completions are the values that the shell offers for flags, whatever the
// command. Where there are none it offers files.
var completions = map[string]cobra.CompletionFunc{
	"data":      cli.CompleteNamesOr(data.Names, cli.CompleteFolders),
	"method":    cli.CompleteNames(evaluate.Generate, evaluate.Directed),
	"optimizer": cli.CompleteNames("rmsprop", "sgd", "adam"),
	"task":      cli.CompleteNames(task.Names()...),
	"rule":      cli.CompleteNames("backprop", "fa", "dfa", "dtp"),
	"policy":    cli.CompleteNames("epsilon-greedy", "softmax"),
	"model":     cli.CompleteExtensions("safetensors"),
}

// completeFlags gives the command's flags their completions.
func completeFlags(cmd *cobra.Command) {
	for name, complete := range completions {
		if cmd.Flags().Lookup(name) == nil {
			continue
		}
		if err := cmd.RegisterFlagCompletionFunc(name, complete); err != nil {
			panic(err) // a flag was registered twice
		}
	}
}

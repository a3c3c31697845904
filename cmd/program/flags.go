package program

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
)

// addData defines --data.
func addData(flags *pflag.FlagSet, source *string, value string) {
	flags.StringVar(source, "data", value, "`source` of the images: digits (built in), mnist, fashion-mnist (downloaded once), or a folder or a file; see targetprop data --help")
}

// addTestData defines --data for commands that measure a model.
func addTestData(flags *pflag.FlagSet, source *string) {
	addData(flags, source, "")
	flags.Lookup("data").Usage += " (default: the named set that the model was trained on)"
}

// addPart defines --part.
func addPart(cmd *cobra.Command, part *string) {
	cmd.Flags().StringVar(part, "part", modelfile.Parts[0], "`part` of the data: test, valid, train, or all of a file without parts, of which they are drawn otherwise")
	_ = cmd.RegisterFlagCompletionFunc("part", cli.CompleteNames(modelfile.Parts...))
}

// checkPart fails if --part is none.
func checkPart(part string) error {
	if !slices.Contains(modelfile.Parts, part) {
		return cli.Usagef("--part %s: want %s", part, strings.Join(modelfile.Parts, ", "))
	}
	return nil
}

// addModel defines --model, by default that of a run in the folder.
func addModel(flags *pflag.FlagSet, path *string, folder run.Dir) {
	flags.StringVar(path, "model", folder.Model(), "`file` of a model or checkpoint, or folder of a run")
}

// addThreads defines --threads.
func addThreads(flags *pflag.FlagSet, threads *int) {
	flags.IntVar(threads, "threads", 0, "`number` of threads, 0 for all cores; does not change results")
}

// completions are the values that the shell offers for flags, whatever the
// command. Where there are none it offers files.
var completions = map[string]cobra.CompletionFunc{
	"data":      cli.CompleteNamesOr(data.Names, completePaths),
	"method":    cli.CompleteNames(evaluate.Methods...),
	"optimizer": cli.CompleteNames("rmsprop", "sgd", "adam"),
	"task":      cli.CompleteNames(task.Names()...),
	"rule":      cli.CompleteNames("backprop", "fa", "dfa", "dtp"),
	"policy":    cli.CompleteNames("epsilon-greedy", "softmax"),
	"schedule":  cli.CompleteNames("constant", "linear", "cosine"),
	"model":     cli.CompleteExtensions("safetensors"),
}

// completePaths offers files and folders.
func completePaths(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
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

// agreeOnFlags fails unless all processes are of one version and have the same
// flags. The number of threads is each one's own.
func agreeOnFlags(g model.Group, cmd *cobra.Command) error {
	facts := []together.Fact{{Name: "version", Value: cli.Version()}, {Name: "command", Value: cmd.Name()}}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "threads" {
			facts = append(facts, together.Fact{Name: "--" + f.Name, Value: f.Value.String()})
		}
	})
	return together.Agree(g, facts...)
}

// noteLater tells the user if the model, of a file or of a folder, is that of a run which went on after it was made.
func noteLater(cmd *cobra.Command, g model.Group, path string) {
	dir := run.Dir(path)
	if filepath.Base(path) == modelfile.Name {
		dir = run.Dir(filepath.Dir(path))
	}
	if later := dir.Later(); later != "" && together.Writes(g) {
		fmt.Fprintf(cmd.ErrOrStderr(), "targetprop: note: %s\n", cli.Plain(later))
	}
}

// loadModel is modelfile.Load of a model that is the same in all processes of the
// group, and theirs together.
func loadModel(g model.Group, path string, others ...string) (modelfile.Model, error) {
	m, err := modelfile.Load(path, others...)
	if err != nil {
		return m, err
	}
	m.Network.Group = g
	return m, agreeOnFile(g, m.Path)
}

// agreeOnFile fails unless all processes find the same content in a file.
func agreeOnFile(g model.Group, path string) error {
	if g == nil {
		return nil
	}
	digest, err := modelfile.Digest(path)
	if err != nil {
		return err
	}
	return together.Agree(g, together.Fact{Name: path + " of SHA-256", Value: digest})
}

// agreeOnData fails unless all processes have the same images.
func agreeOnData(g model.Group, set dataset.Set) error {
	if g == nil {
		return nil
	}
	return together.Agree(g,
		together.Fact{Name: "training images of SHA-256", Value: data.Digest(set.Train)},
		together.Fact{Name: "validation images of SHA-256", Value: data.Digest(set.Valid)},
		together.Fact{Name: "test images of SHA-256", Value: data.Digest(set.Test)})
}

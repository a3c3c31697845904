package program

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/export"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/onnx"
)

// exportOptions are the flags of export.
type exportOptions struct {
	model, part, out string
	priorScale       float32
	threads          int
	json             bool
}

func newExport() *cobra.Command {
	o := exportOptions{}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write a model for ONNX runtimes",
		Long: `Writes a part of a model of any task as a graph in the ONNX format, opset 13,
for runtimes in other languages, browsers and phones (--part):
  encoder   input x, images in rows; outputs h1, h2 and so on, the means that
            the encoders send up; of models that generate
  decoder   input the top layer's states (h2 of two layers); output x; of models
            that generate
  sample    input noise, of the standard normal distribution, with a column for
            each unit of the top layer; output x: directed sampling, of models
            without labels
  classify  input x; output the probabilities of the classes, of train --task
            label and classify, or the rewards that are predicted for them, of
            train --task reward
Any number of rows goes through at once. Weights are named as they are in the
model's file, and the model's notes are the metadata.`,
		Example: `  targetprop export --onnx encoder.onnx --part encoder
  targetprop export --onnx decoder.onnx --part decoder --model runs/mnist
  targetprop export --onnx sample.onnx --part sample --prior-scale 2
  targetprop export --onnx classify.onnx --model runs/digits-classify`,
	}
	f := cmd.Flags()
	addModel(f, &o.model, run.DefaultDir(task.Generate, data.Default))
	f.StringVar(&o.out, "onnx", "", "`file` to write, with the ending .onnx; replaced if it exists")
	f.StringVar(&o.part, "part", "", "`part` of the model: encoder, decoder, sample or classify (default: encoder, or what a classifier has)")
	f.Float32Var(&o.priorScale, "prior-scale", 4, "`factor` on the prior's standard deviation, of --part sample")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("part", cli.CompleteNames(export.Parts...))
	_ = cmd.RegisterFlagCompletionFunc("onnx", cli.CompleteExtensions("onnx"))
	cmd.RunE = cli.Action(o.do)
	return cmd
}

// validate checks what needs no file.
func (o *exportOptions) validate(cmd *cobra.Command) error {
	switch {
	case o.out == "":
		return cli.Usagef("no output named: say --onnx FILE.onnx")
	case !strings.EqualFold(filepath.Ext(o.out), ".onnx"):
		return cli.Usagef("--onnx %s: want a name that ends in .onnx", o.out)
	case cmd.Flags().Changed("part") && !slices.Contains(export.Parts, o.part):
		return cli.Usagef("--part %s: want %s", o.part, strings.Join(export.Parts, ", "))
	case o.part != export.Sample && cmd.Flags().Changed("prior-scale"):
		return cli.Usagef("--prior-scale goes with --part %s", export.Sample)
	case !(o.priorScale >= 0 && o.priorScale <= 1e6):
		return cli.Usagef("--prior-scale %v: want 0 to 1000000", o.priorScale)
	}
	return nil
}

func (o *exportOptions) do(cmd *cobra.Command) error {
	if err := o.validate(cmd); err != nil {
		return err
	}
	engine, err := begin(cmd.Context(), nil, o.threads, inputs{files: []string{o.model}}, o.out)
	if err != nil {
		return err
	}
	defer engine.Close()
	noteLater(cmd, nil, o.model)
	m, err := modelfile.LoadAny(o.model)
	if err != nil {
		return err
	}
	var network export.Network
	switch {
	case m.Images != nil:
		network.Images = m.Images.Network
	case m.Labelled != nil:
		network.Labelled = m.Labelled.Network
	default:
		network.Feedforward = m.Feedforward.Network
	}
	if o.part == "" {
		o.part = network.Parts()[0]
	}
	if parts := network.Parts(); !slices.Contains(parts, o.part) {
		return cli.Usagef("--part %s: %s, of train --task %s, has %s", o.part, m.Path, m.Task, strings.Join(parts, ", "))
	}
	if o.part == export.Sample {
		if err := m.Images.Complete(cmd.Context(), cmd.ErrOrStderr(), engine); err != nil {
			return err
		}
	}
	graph, err := export.ONNX(network, export.Options{Part: o.part, PriorScale: o.priorScale, Version: cli.Version(), Notes: m.Notes})
	if err != nil {
		return err
	}
	if err := atomicfile.Write(o.out, func(w io.Writer) error { return onnx.Write(w, graph) }); err != nil {
		return err
	}
	r := export.ReportOf(m.Path, o.out, graph)
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), r)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %s of %s, ONNX opset %d\n", o.out, o.part, m.Path, r.Opset)
	for _, v := range r.Inputs {
		fmt.Fprintf(cmd.OutOrStdout(), "  input   %-13s rows of %d\n", v.Name, v.Columns)
	}
	for _, v := range r.Outputs {
		fmt.Fprintf(cmd.OutOrStdout(), "  output  %-13s rows of %d\n", v.Name, v.Columns)
	}
	return nil
}

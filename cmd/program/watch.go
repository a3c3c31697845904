package program

import (
	"context"
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/watch"
)

// watchOptions are the flags of watch.
type watchOptions struct {
	address string
	json    bool
	threads int
}

func newWatch() *cobra.Command {
	o := watchOptions{}
	cmd := &cobra.Command{
		Use:   "watch [DIR...]",
		Short: "Serve a page: runs as they learn, models to play with",
		Long: `Serves a page for the browser, about runs that are finished or running. DIR is
the folder of a run, or a folder of such folders; by default it is runs. Of
more than 100 runs the page has those that changed last. Runs that begin later
appear by themselves.

The page shows losses, speed and time left, samples and reconstructions through
time, receptive fields, the states of the layers, and the angle of targetprop to
the exact gradient; several runs in one chart, their settings side by side. With
a model, or with the checkpoint of a run that is not done, one can draw and have
it fill in what is rubbed out, sample by seed, walk from one image to another
through the top layer, and move the top units.

It listens on the loopback only, unless --address names another address: then
everybody who reaches that and knows the token can use the page. The token is
in the address that is printed. The page loads nothing from elsewhere, and
nothing that it asks for changes a file. Ctrl-C ends it.

train --watch serves the same page of its own run while that lasts.`,
		Example: `  targetprop watch
  targetprop watch runs/digits runs/deep
  targetprop watch --address 8080 runs/mnist
  ssh -L 7117:127.0.0.1:7117 elsewhere targetprop watch`,
		Args: cobra.ArbitraryArgs,
	}
	cmd.Flags().StringVar(&o.address, "address", watch.DefaultAddress, "`address` to listen on: host:port, or a port of the loopback, 0 for any")
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON, once the page is served")
	addThreads(cmd.Flags(), &o.threads)
	cmd.ValidArgsFunction = cli.CompleteFolders
	cli.OnInterrupt(cmd, "closing the page")
	cmd.RunE = cli.ActionOn(o.do)
	return cmd
}

func (o *watchOptions) do(cmd *cobra.Command, dirs []string) error {
	if len(dirs) == 0 {
		dirs = []string{"runs"}
	}
	found, err := watch.Found(dirs)
	if err != nil {
		return fmt.Errorf("%w; a run makes one: %s", err, cli.CommandLine("train"))
	}
	l, err := watch.Listen(o.address)
	if err != nil {
		return cli.Usagef("--address %s: %w", o.address, err)
	}
	defer l.Close()
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	s := watch.New(l, dirs, engine)
	if o.json {
		if err := cli.WriteJSON(cmd.OutOrStdout(), map[string]any{"address": s.URL, "runs": found}); err != nil {
			return err
		}
		return s.Serve(cmd.Context())
	}
	shown := cli.Count(len(found), "run", "runs")
	if len(found) > watch.Most {
		shown = fmt.Sprintf("%d of %s, those that changed last,", watch.Most, shown)
	}
	// Without the token that is in the address the page is of no use.
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s at\n  %s\nCtrl-C ends it\n", shown, s.URL); err != nil {
		return err
	}
	return s.Serve(cmd.Context())
}

// serve serves the page of the run until stop is called.
func (t training) serve(ctx context.Context, l net.Listener) (stop func(), err error) {
	// One thread: it is for a visitor's play, and the others have work.
	engine, err := cli.NewEngine(1)
	if err != nil {
		return nil, err
	}
	s := watch.New(l, []string{string(t.Dir)}, engine)
	fmt.Fprintf(t.stdout, "watch    %s\n", s.URL)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			fmt.Fprintf(t.stderr, "targetprop: note: the page: %v\n", err)
		}
		engine.Close()
	}, nil
}

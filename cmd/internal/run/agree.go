package run

import (
	"encoding/json"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
)

// agree fails unless all processes are about to train the same network on the
// same images with the same settings. None writes before all have come so far.
func (r *Run) agree() error {
	training, err := json.Marshal(r.Trainer.Settings())
	if err != nil {
		return err
	}
	return together.Agree(r.group,
		together.Fact{Name: "training images of SHA-256", Value: r.Notes[modelfile.NoteDigest]},
		together.Fact{Name: "a network of", Value: settings.Sizes(r.Trainer.Sizes())},
		together.Fact{Name: "settings", Value: string(training)},
		together.Fact{Name: "epochs and minibatches done", Value: fmt.Sprint(r.position())},
	)
}

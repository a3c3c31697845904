package chain

import (
	"fmt"

	"github.com/targetprop/targetprop/model"
)

// Walking are the settings of [Walk].
type Walking struct {
	Chain Kind
	Seed  uint64
	Steps int
	// Paths is the number of chains, from the first on, of which every step is
	// kept.
	Paths int
	// Corruption is the noise of Joint.
	Corruption model.Corruption
	// Inference are the settings of INFERENCE in Latent.
	Inference model.Inference
	// VisibleStd is the standard deviation of each pixel in Latent's draws
	// from p(x|h).
	VisibleStd float32
}

// DefaultWalking walks 20 steps of a chain. The paper's Gaussians have unit
// variance, which leaves the scale open. Latent's draws have another standard
// deviation: that of the corruption of x in training, which f_1 has learned to
// see through. With it chains still move from digit to digit, and pictures are
// crisper than with 1.
func DefaultWalking(k Kind) Walking {
	training := model.DefaultTraining()
	return Walking{
		Chain:      k,
		Seed:       1,
		Steps:      20,
		Corruption: training.Corruption(),
		Inference:  model.GenerateInference(),
		VisibleStd: training.UpNoise,
	}
}

// maxSteps keeps a mistyped number from asking for all of memory.
const maxSteps = 1 << 20

// Validate says what is wrong with the settings, if anything is.
func (w Walking) Validate() error {
	switch {
	case !kinds.Valid(w.Chain):
		return fmt.Errorf("model: unknown chain %v", w.Chain)
	case w.Steps < 0 || w.Steps > maxSteps:
		return fmt.Errorf("model: a chain of %d steps: want 0 to %d", w.Steps, maxSteps)
	case w.Paths < 0:
		return fmt.Errorf("model: %d paths: want 0 or more", w.Paths)
	}
	if w.Chain == Joint {
		return w.Corruption.Validate()
	}
	if !(w.VisibleStd >= 0 && w.VisibleStd <= 1e3) {
		return fmt.Errorf("model: draws of standard deviation %v: want 0 to 1000", w.VisibleStd)
	}
	return w.Inference.Validate()
}

package settings

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
)

// TestCooling: the flag says whether the rate falls, and leaves it as it falls.
func TestCooling(t *testing.T) {
	for _, c := range []struct {
		before model.Shape
		text   string
		want   model.Shape
	}{
		{model.Linear, "true", model.Linear}, {model.Linear, "false", model.Constant},
		{model.Cosine, "true", model.Cosine}, {model.Cosine, "0", model.Constant},
		{model.Constant, "1", model.Linear}, {model.Constant, "false", model.Constant},
	} {
		s := DefaultClassify(credit.Backprop, nil)
		s.Training.Rates.Shape = c.before
		if _, err := Override(&s, Given{{"cooling", c.text}}); err != nil || s.Training.Rates.Shape != c.want {
			t.Errorf("--cooling=%s of %v: %v, %v; want %v", c.text, c.before, s.Training.Rates.Shape, err, c.want)
		}
		if got, want := Value(&s, "cooling") == "true", c.want != model.Constant; got != want {
			t.Errorf("%v: the flag shows %v", c.want, got)
		}
	}
	s := DefaultClassify(credit.Backprop, nil)
	if _, err := Override(&s, Given{{"cooling", "perhaps"}}); err == nil {
		t.Error("--cooling=perhaps: no error")
	}
}

// TestDeep: three and more latent layers have settings of their own, also from a folder, and
// what was given stays.
func TestDeep(t *testing.T) {
	deep := model.DeepTraining()
	for _, source := range []string{"digits", "mnist", "folder"} {
		s := DefaultGenerate(source, Given{{"layers", "9,8,7"}})
		if s.Training.Inference != deep.Inference || s.Training.UpNoise != deep.UpNoise || s.Training.Rates != deep.Rates {
			t.Errorf("%s: %+v", source, s.Training)
		}
		if s := DefaultGenerate(source, Given{{"layers", "9,8"}}); s.Training.Rates != (model.Rates{}) || s.Training.UpNoise != 0.5 {
			t.Errorf("%s, two layers: %+v", source, s.Training)
		}
	}
	given := Given{{"layers", "9,8,7"}, {"schedule", "constant"}, {"optimizer", "sgd"}}
	s := DefaultGenerate("digits", given)
	if _, err := Override(&s, given); err != nil || s.Validate() != nil || s.Training.Rates != (model.Rates{}) {
		t.Errorf("%+v, %v, %v", s.Training.Rates, err, s.Validate())
	}
	if s.Training.Optimizer.Rate != 0.007 { // 0.06 / 9
		t.Errorf("sgd's rate %v", s.Training.Optimizer.Rate)
	}
}

// TestConstantLabels: without a fall nothing is left at its end, and no flag has to say so.
func TestConstantLabels(t *testing.T) {
	given := Given{{"schedule", "constant"}}
	s := DefaultLabel(given)
	if _, err := Override(&s, given); err != nil || s.Validate() != nil || s.Training.Rates != (model.Rates{}) {
		t.Errorf("%+v, %v, %v", s.Training.Rates, err, s.Validate())
	}
}

// TestOptimizers: each optimiser has settings of its own, with a reason, and Adam those of
// the task.
func TestOptimizers(t *testing.T) {
	makers := map[string]func(Given) (Settings, kernels.Optimizer){
		"label": func(g Given) (Settings, kernels.Optimizer) { s := DefaultLabel(g); return &s, s.Training.Optimizer },
		"classify": func(g Given) (Settings, kernels.Optimizer) {
			s := DefaultClassify(credit.Backprop, g)
			return &s, s.Training.Optimizer
		},
		"reward": func(g Given) (Settings, kernels.Optimizer) {
			s := DefaultReward(credit.Backprop, g)
			return &s, s.Training.Optimizer
		},
	}
	for name, of := range makers {
		_, own := of(nil)
		for _, rule := range []kernels.Rule{kernels.RMSProp, kernels.SGD, kernels.Adam} {
			given := Given{{"optimizer", rule.String()}}
			s, o := of(given)
			reasons := RateReason(s, given)
			if rule == kernels.Adam {
				if o != own || reasons != nil {
					t.Errorf("%s: adam is %+v, %v", name, o, reasons)
				}
				continue
			}
			if o.Rule != rule || o.Epsilon == own.Epsilon && rule == kernels.RMSProp || o.Validate() != nil || len(reasons) != 1 || reasons[0].Value != Value(s, "lr") {
				t.Errorf("%s: %v is %+v, %v", name, rule, o, reasons)
			}
			given = append(given, Setting{"lr", "0.5"})
			if s, _ := of(given); RateReason(s, given) != nil {
				t.Errorf("%s: a rate that was given has a reason", name)
			}
		}
	}
}

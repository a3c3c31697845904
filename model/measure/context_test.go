package measure

import (
	"context"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestContexts: what goes on for long looks at its context between iterations.
func TestContexts(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := modeltest.Bars{N: 2000, Width: 30}
	n := modeltest.Network(t, e, 30, 8, 4)
	tracing := DefaultTracing()
	tracing.Inference.Iterations = 2048 // of all of them the values are kept
	long := tracing.Inference
	long.Iterations = model.MaxIterations
	for name, f := range map[string]func(ctx context.Context) error{
		"TargetpropAgreement": func(ctx context.Context) error {
			_, err := TargetpropAgreement(ctx, e, n, data, long, nil)
			return err
		},
		"Trace": func(ctx context.Context) error {
			_, err := Trace(ctx, e, n, data, tracing, nil)
			return err
		},
		"KMeans": func(ctx context.Context) error {
			_, err := KMeans(ctx, e, data, 2, model.MaxRounds, 1, nil)
			return err
		},
	} {
		modeltest.EndsSoon(t, name, f)
	}
}

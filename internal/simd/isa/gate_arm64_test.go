//go:build !purego

package isa

import "github.com/klauspost/cpuid/v2"

// gates are the features that a machine has where functions of a suffix run.
var gates = map[string][]cpuid.FeatureID{"NEON": neonFeatures}

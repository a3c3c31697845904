package qlearning

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// TestDamagedCheckpoints are refused.
func TestDamagedCheckpoints(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	a := newAgent(t, e, testSettings(credit.DifferenceTargets))
	episodes(t, a, 10)
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if err := a.Save(good); err != nil {
		t.Fatal(err)
	}
	if _, err := Resume(filepath.Join(dir, "none"), &corridor{}, e); err == nil {
		t.Error("no error without a file")
	}
	for want, change := range damages() {
		stored, err := readStored(good)
		if err != nil {
			t.Fatal(err)
		}
		change(&stored)
		bad := filepath.Join(dir, "bad")
		if err := writeStored(bad, stored); err != nil {
			t.Fatal(err)
		}
		if _, err := Resume(bad, &corridor{}, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}

// readStored reads a file without its checksum, so that it can be changed.
func readStored(path string) (safetensors.File, error) { return tensors.Read(path) }

func writeStored(path string, stored safetensors.File) error {
	return safetensors.WriteFile(path, stored)
}

// damages are changes of a checkpoint, by what the error says.
func damages() map[string]func(*safetensors.File) {
	without := func(name string) func(*safetensors.File) {
		return func(f *safetensors.File) {
			f.Tensors = slices.DeleteFunc(f.Tensors, func(t safetensors.Tensor) bool { return t.Name == name })
		}
	}
	replace := func(key, old, new string) func(*safetensors.File) {
		return func(f *safetensors.File) { f.Metadata[key] = strings.Replace(f.Metadata[key], old, new, 1) }
	}
	return map[string]func(*safetensors.File){
		"format":           replace(formatKey, "1", "2"),
		"config":           replace(configKey, "{", "["),
		"settings":         replace(settingsKey, "{", "["),
		"position":         replace(positionKey, "{", "["),
		"damaged":          replace(positionKey, `"Steps":`, `"Steps":-`),
		"-39 minibatches":  replace(positionKey, `"Learned":`, `"Learned":-`),
		"network.2.weight": without("network.2.weight"),
		"average.1.bias":   without("average.1.bias"),
		"inverse.2.weight": without("inverse.2.weight"),
		"replay.before":    without("replay.before"),
		"154 transitions":  replace(positionKey, `"Added":`, `"Added":1`),
		"end 3": func(f *safetensors.File) {
			for _, t := range f.Tensors {
				if t.Name == eventName {
					t.Data[5] = 3
				}
			}
		},
		"action": func(f *safetensors.File) {
			for _, t := range f.Tensors {
				if t.Name == eventName {
					t.Data[0] = 2 // of two, 0 and 1
				}
			}
		},
	}
}

// TestOlderCheckpoint: one from before there were other shapes, which said whether the
// rates fall, continues.
func TestOlderCheckpoint(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	a := newAgent(t, e, testSettings(credit.Backprop))
	path := filepath.Join(t.TempDir(), "older")
	if err := a.Save(path); err != nil {
		t.Fatal(err)
	}
	stored, err := readStored(path)
	if err != nil {
		t.Fatal(err)
	}
	const now = `"Rates":{"Shape":"linear","Final":0,"Warmup":0}`
	text := strings.Replace(stored.Metadata[settingsKey], now, `"Cooling":true`, 1)
	if text == stored.Metadata[settingsKey] {
		t.Fatalf("%s is not in %s", now, text)
	}
	stored.Metadata[settingsKey] = text
	if err := writeStored(path, stored); err != nil {
		t.Fatal(err)
	}
	if _, err := Resume(path, &corridor{}, e); err != nil {
		t.Error(err)
	}
}

//go:build openmpi || mpich

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/mpi/internal/launch"
)

// TestSameFiles: neither the number of ranks nor their instruction sets change a
// byte of what a training leaves, of samples and of a measure.
func TestSameFiles(t *testing.T) {
	dir := t.TempDir()
	data, want := filepath.Join(dir, "data"), filepath.Join(dir, "alone")
	makeData(t, data, 1)
	alone(t, train(data, want)...)
	model := filepath.Join(want, "model.safetensors")
	sample := func(out string) []string { return []string{"sample", "--model", model, "--n", "23", "--out", out} }
	eval := []string{"eval", "--model", model, "--data", data, "--samples", "31", "--json"}
	alone(t, sample(filepath.Join(dir, "alone.npy"))...)
	wantReport := alone(t, eval...)

	sets := [][]string{{"generic"}, {"avx2", "generic"}, {"avx512", "generic", "avx2"}, {"avx512", "avx512", "generic", "avx2"}}
	for ranks := 1; ranks <= 4; ranks++ {
		for _, mixed := range []bool{false, true} {
			out := filepath.Join(dir, fmt.Sprintf("%d-%v", ranks, mixed))
			parts := []launch.Part{part(t, ranks, "", nil, train(data, out))}
			if mixed {
				parts = nil
				for _, isa := range sets[ranks-1] {
					parts = append(parts, part(t, 1, "", []string{"TARGETPROP_ISA=" + isa}, train(data, out)))
				}
			}
			mustRun(t, parts...)
			same(t, "model", filepath.Join(out, "model.safetensors"), model)
			same(t, "picture", filepath.Join(out, "samples.png"), filepath.Join(want, "samples.png"))
		}
		samples := filepath.Join(dir, fmt.Sprintf("%d.npy", ranks))
		mustRun(t, part(t, ranks, "", nil, sample(samples)))
		same(t, "samples", samples, filepath.Join(dir, "alone.npy"))
		if got := mustRun(t, part(t, ranks, "", nil, eval)); got != wantReport {
			t.Errorf("eval with %d ranks: %s, want %s", ranks, got, wantReport)
		}
	}
}

// TestShards: ranks that have their shards alone train the model that one process
// trains on all images. One that lacks a shard says so.
func TestShards(t *testing.T) {
	dir := t.TempDir()
	whole, want, out := filepath.Join(dir, "whole", "data"), filepath.Join(dir, "alone"), filepath.Join(dir, "run")
	makeData(t, whole, 1)
	alone(t, train(whole, want)...)
	content := read(t, filepath.Join(whole, "train-images-idx3-ubyte"))[16:]
	const shards, dim = 5, height * width
	var parts []launch.Part
	for rank := range 3 {
		data := filepath.Join(dir, fmt.Sprint(rank), "data")
		if err := os.MkdirAll(data, 0o755); err != nil {
			t.Fatal(err)
		}
		for i := shards * rank / 3; i < shards*(rank+1)/3; i++ {
			lo, hi := images*i/shards, images*(i+1)/shards
			writeIDX(t, filepath.Join(data, fmt.Sprintf("train-images-idx3-ubyte-%05d-of-%05d", i, shards)), 0x803, []byte(content[lo*dim:hi*dim]), hi-lo, height, width)
		}
		parts = append(parts, part(t, 1, filepath.Dir(data), nil, train("data", out)))
	}
	mustRun(t, parts...)
	same(t, "model", filepath.Join(out, "model.safetensors"), filepath.Join(want, "model.safetensors"))
	const last = "train-images-idx3-ubyte-00004-of-00005"
	if err := os.Truncate(filepath.Join(dir, "2", "data", last), 100); err != nil {
		t.Fatal(err)
	}
	out = filepath.Join(dir, "other")
	for i := range parts {
		parts[i].Args = append(parts[i].Args[:1:1], train("data", out)...)
	}
	mustFail(t, []string{last, "the data ends ", "(rank 2 on "}, parts...)
}

// TestReproduce makes a report, and then again what is missing.
func TestReproduce(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	makeData(t, data, 1)
	args := func(out, only string) []string {
		return []string{"reproduce", "--data", data, "--out", out, "--only", only, "--layers", "11", "--epochs", "1", "--batch", "37", "--samples", "20", "--threads", "1"}
	}
	want, got := filepath.Join(dir, "alone"), filepath.Join(dir, "two")
	alone(t, args(want, "figure3,table,agreement")...)
	mustRun(t, part(t, 2, "", nil, args(got, "figure3,agreement")))
	mustRun(t, part(t, 3, "", nil, args(got, "figure3,table,agreement")))
	found, err := filepath.Glob(filepath.Join(want, "parts", "*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("%d parts, error %v", len(found), err)
	}
	for _, path := range found {
		if filepath.Ext(path) != ".json" { // which has times
			same(t, "part", filepath.Join(got, "parts", filepath.Base(path)), path)
		}
	}
}

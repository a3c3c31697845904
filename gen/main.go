// Command gen writes the assembly below asm. Run it through "make gen".
package main

import (
	"flag"
	"log"

	"github.com/mmcloughlin/avo/build"

	"github.com/targetprop/targetprop/gen/arm64"
	"github.com/targetprop/targetprop/gen/elementwise"
	"github.com/targetprop/targetprop/gen/emit"
	"github.com/targetprop/targetprop/gen/gemv"
	"github.com/targetprop/targetprop/gen/noise"
	"github.com/targetprop/targetprop/gen/pack"
	"github.com/targetprop/targetprop/gen/peak"
	"github.com/targetprop/targetprop/gen/tile"
	"github.com/targetprop/targetprop/gen/vec"
)

func main() {
	log.SetFlags(0)
	dir := flag.String("dir", "../asm/f32", "folder to write to")
	flag.Parse()
	neon := map[string]func(*arm64.File){
		"peak_neon": peak.NEON,
		"tile_neon": tile.NEON,
	}
	programs := map[string]func(*build.Context){
		"gemv_avx2":   gemv.AVX2,
		"gemv_avx512": gemv.AVX512,
		"pack_avx2":   pack.AVX2,
		"pack_avx512": pack.AVX512,
		"peak_avx2":   peak.AVX2,
		"peak_avx512": peak.AVX512,
		"tile_avx2":   tile.AVX2,
		"tile_avx512": tile.AVX512,
	}
	for op, kernels := range map[string]func(vec.Machine){
		"activate": elementwise.Activate,
		"relax":    elementwise.Relax,
		"delta":    elementwise.Delta,
		"update":   elementwise.Update,
		"noise":    noise.Kernels,
	} {
		programs[op+"_avx2"] = func(ctx *build.Context) { kernels(vec.NewAVX2(ctx)) }
		programs[op+"_avx512"] = func(ctx *build.Context) { kernels(vec.NewAVX512(ctx)) }
		neon[op+"_neon"] = func(file *arm64.File) { kernels(vec.NewNEON(file)) }
	}
	for name, program := range programs {
		if err := emit.AMD64(*dir, name, program); err != nil {
			log.Fatalf("gen: %v", err)
		}
	}
	for name, program := range neon {
		if err := emit.ARM64(*dir, name, program); err != nil {
			log.Fatalf("gen: %v", err)
		}
	}
}

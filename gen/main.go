// Command gen writes the assembly below asm, the dispatch of the packages below
// internal/simd whose kernels are written in the language of package vec, and the
// routines of float64 of kernels/gonumblas. Run it through "make gen".
package main

import (
	"flag"
	"log"
	"path"
	"path/filepath"

	"github.com/mmcloughlin/avo/build"

	"github.com/targetprop/targetprop/gen/arm64"
	"github.com/targetprop/targetprop/gen/descent"
	"github.com/targetprop/targetprop/gen/emit"
	"github.com/targetprop/targetprop/gen/gemv"
	"github.com/targetprop/targetprop/gen/lane"
	"github.com/targetprop/targetprop/gen/level1"
	"github.com/targetprop/targetprop/gen/noise"
	"github.com/targetprop/targetprop/gen/pack"
	"github.com/targetprop/targetprop/gen/peak"
	"github.com/targetprop/targetprop/gen/solve"
	"github.com/targetprop/targetprop/gen/sum"
	"github.com/targetprop/targetprop/gen/tile"
	"github.com/targetprop/targetprop/gen/vec"
	"github.com/targetprop/targetprop/gen/vector"
)

// programs write kernels directly, in avo for amd64: the names are those of the files
// below asm.
var programs = map[string]func(*build.Context){
	"f32/gemv_avx2":   gemv.AVX2,
	"f32/gemv_avx512": gemv.AVX512,
	"f32/pack_avx2":   pack.AVX2,
	"f32/pack_avx512": pack.AVX512,
	"f32/peak_avx2":   peak.AVX2,
	"f32/peak_avx512": peak.AVX512,
	"f32/tile_avx2":   tile.AVX2,
	"f32/tile_avx512": tile.AVX512,
	"f64/gemv_avx2":   gemv.AVX2Double,
	"f64/gemv_avx512": gemv.AVX512Double,
	"f64/pack_avx2":   pack.AVX2Double,
	"f64/pack_avx512": pack.AVX512Double,
	"f64/tile_avx2":   tile.AVX2Double,
	"f64/tile_avx512": tile.AVX512Double,
}

// neonPrograms are the same for arm64.
var neonPrograms = map[string]func(*arm64.File){
	"f32/peak_neon": peak.NEON,
	"f32/tile_neon": tile.NEON,
	"f64/tile_neon": tile.NEONDouble,
}

// vecPrograms write kernels in the language of package vec, once for all machines.
var vecPrograms = []struct {
	simd    string // the package below internal/simd that dispatches them
	asm     string // begins the names of the files of assembly
	size    int    // bytes of an element
	kernels func(vec.Machine)
}{
	{"vector", "f32/activate", 4, vector.Activate},
	{"vector", "f32/relax", 4, vector.Relax},
	{"vector", "f32/delta", 4, vector.Delta},
	{"vector", "f32/slope", 4, vector.Slope},
	{"vector", "f32/softmax", 4, vector.Softmax},
	{"vector", "f64/elementwise", 8, vector.Elementwise},
	{"descent", "f32/update", 4, descent.Kernels},
	{"noise", "f32/noise", 4, noise.Kernels},
}

// lanePrograms write kernels for both types of elements, in the language of package lane, by
// how the names of the files begin. NEON has fewer.
var lanePrograms = map[string]struct {
	amd64 func(*lane.Machine)
	neon  func(file *arm64.File, size int)
}{
	"level1": {level1.Kernels, level1.NEON},
	"solve":  {solve.Kernels, solve.NEON},
	"sum":    {sum.Kernels, sum.NEON},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	root := flag.String("root", "..", "the root module's folder")
	flag.Parse()
	if err := writeAssembly(filepath.Join(*root, "asm")); err != nil {
		log.Fatal(err)
	}
	if err := writeLanes(filepath.Join(*root, "asm")); err != nil {
		log.Fatal(err)
	}
	if err := writeDispatch(filepath.Join(*root, "internal", "simd")); err != nil {
		log.Fatal(err)
	}
	if err := writeTwins(filepath.Join(*root, "kernels", "gonumblas")); err != nil {
		log.Fatal(err)
	}
}

func writeAssembly(dir string) error {
	for _, p := range vecPrograms {
		programs[p.asm+"_avx2"] = func(ctx *build.Context) { p.kernels(vec.NewAVX2(ctx, p.size)) }
		programs[p.asm+"_avx512"] = func(ctx *build.Context) { p.kernels(vec.NewAVX512(ctx, p.size)) }
		neonPrograms[p.asm+"_neon"] = func(file *arm64.File) { p.kernels(vec.NewNEON(file, p.size)) }
	}
	for name, program := range programs {
		if err := emit.AMD64(filepath.Join(dir, path.Dir(name)), path.Base(name), program); err != nil {
			return err
		}
	}
	for name, program := range neonPrograms {
		if err := emit.ARM64(filepath.Join(dir, path.Dir(name)), path.Base(name), program); err != nil {
			return err
		}
	}
	return nil
}

// writeLanes writes the assembly of lanePrograms.
func writeLanes(dir string) error {
	for _, t := range []struct {
		pkg  string
		size int
	}{{"f32", 4}, {"f64", 8}} {
		for name, program := range lanePrograms {
			to := filepath.Join(dir, t.pkg)
			if err := emit.AMD64(to, name+"_avx2", func(ctx *build.Context) { program.amd64(lane.AVX2(ctx, t.size)) }); err != nil {
				return err
			}
			if err := emit.AMD64(to, name+"_avx512", func(ctx *build.Context) { program.amd64(lane.AVX512(ctx, t.size)) }); err != nil {
				return err
			}
			if err := emit.ARM64(to, name+"_neon", func(file *arm64.File) { program.neon(file, t.size) }); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeDispatch(dir string) error {
	funcs := map[string][]emit.Kernel{"peak": {{Func: peak.Func, Size: 4}}}
	for _, p := range vecPrograms {
		for _, f := range vec.Declared(p.kernels, p.size) {
			funcs[p.simd] = append(funcs[p.simd], emit.Kernel{Func: f, Size: p.size})
		}
	}
	for pkg, funcs := range funcs {
		if err := emit.Dispatch(filepath.Join(dir, pkg), pkg, funcs); err != nil {
			return err
		}
	}
	return nil
}

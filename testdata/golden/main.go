// Command golden writes the golden outputs of the kernels: inputs, outputs to 80
// bits, and how far a kernel may be from them. Run it through "make golden".
//
// It is independent of package kernels: it knows the formulas of the kernels,
// their documented errors, and math/big.
package main

import (
	"flag"
	"log"
)

func main() {
	log.SetFlags(0)
	dir := flag.String("dir", "testdata/golden", "folder to write to")
	flag.Parse()
	for _, f := range []file{
		elementwiseFile(), elementwise64File(), affineFile(), affineRelaxFile(), affineDeltaFile(), gradientFile(), gemmFile(),
		updateFile(), gaussianFile(), bernoulliFile(), philoxFile(),
	} {
		if err := f.write(*dir); err != nil {
			log.Fatalf("golden: %v", err)
		}
	}
}

// Command mutate tests the tests: it changes the generated assembly, one
// instruction at a time, in a copy of the tree, and fails unless a test of the package
// that holds the function's contract fails for every change. Run it through "make mutate".
package main

import (
	"flag"
	"log"
	"os"
	"regexp"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("mutate: ")
	root := flag.String("root", "..", "the tree to copy")
	isas := flag.String("isa", "avx2,avx512", "instruction sets, separated by commas: avx2,avx512 or neon")
	only := flag.String("run", "", "a regular expression for the names of functions (constants: the data)")
	in := flag.String("file", "", "a regular expression for the paths of files")
	var c campaign
	flag.Uint64Var(&c.seed, "seed", 1, "another seed changes other instructions")
	flag.IntVar(&c.each, "each", 1, "changes of each function, and of each file's constants")
	flag.BoolVar(&c.list, "list", false, "list the changes and run nothing")
	flag.Parse()
	var err error
	if c.only, err = regexp.Compile(*only); err != nil {
		log.Fatal(err)
	}
	if c.in, err = regexp.Compile(*in); err != nil {
		log.Fatal(err)
	}
	if err := c.run(*root, strings.Split(*isas, ",")); err != nil {
		log.Fatal(err)
	}
	if c.survived > 0 {
		os.Exit(1)
	}
}

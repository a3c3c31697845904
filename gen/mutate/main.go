// Command mutate tests the tests: it changes the generated assembly, one
// instruction at a time, in a copy of the tree, and fails unless a test of
// package kernels fails for every change. Run it through "make mutate".
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("mutate: ")
	root := flag.String("root", "..", "the tree to copy")
	isas := flag.String("isa", "avx2,avx512", "instruction sets, separated by commas: avx2,avx512 or neon")
	seed := flag.Uint64("seed", 1, "another seed changes other instructions")
	each := flag.Int("each", 1, "changes of each function, and of each file's constants")
	list := flag.Bool("list", false, "list the changes and run nothing")
	flag.Parse()
	survivors, err := run(*root, strings.Split(*isas, ","), *seed, *each, *list)
	if err != nil {
		log.Fatal(err)
	}
	if survivors > 0 {
		os.Exit(1)
	}
}

func run(root string, isas []string, seed uint64, each int, list bool) (survivors int, err error) {
	w, err := newWorkspace(root, isas)
	if err != nil {
		return 0, err
	}
	defer w.remove()
	files, err := w.read()
	if err != nil {
		return 0, err
	}
	if !list {
		if err := w.baseline(); err != nil {
			return 0, err
		}
	}
	killed := 0
	for _, f := range files {
		for _, group := range f.groups() {
			left := each
			for _, m := range group.choose(seed) {
				if left == 0 {
					break
				}
				if list {
					fmt.Println(m)
					left--
					continue
				}
				began := time.Now()
				how, err := w.try(m)
				if errors.Is(err, errNoAssembly) {
					continue // the change is no program: take the next one
				}
				if err != nil {
					return survivors, err
				}
				left--
				verdict := "killed  "
				if how == "" {
					verdict, how = "SURVIVED", "no test fails"
					survivors++
				} else {
					killed++
				}
				fmt.Printf("%s %v: %s (%.0f s)\n", verdict, m, how, time.Since(began).Seconds())
			}
		}
	}
	if !list {
		fmt.Printf("%d changes: %d killed, %d survived\n", killed+survivors, killed, survivors)
	}
	return survivors, nil
}

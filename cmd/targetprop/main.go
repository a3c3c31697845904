// Command targetprop trains a deep generative model of images without
// back-propagation, draws samples from it and measures them.
package main

import (
	"os"

	"github.com/targetprop/targetprop/cmd/program"
)

func main() {
	os.Exit(program.Execute(os.Args[1:], os.Stdout, os.Stderr))
}

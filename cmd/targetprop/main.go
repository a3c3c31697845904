// Command targetprop trains a deep generative model of images without
// back-propagation, draws samples from it and measures them.
//
// A command is one file: its flags, its help and its text.
package main

import (
	"io"
	"os"

	"github.com/targetprop/targetprop/cmd/internal/cli"
)

func main() {
	os.Exit(execute(os.Args[1:], os.Stdout, os.Stderr))
}

// execute is the whole program but for the exit.
func execute(args []string, stdout, stderr io.Writer) int {
	return cli.Execute(newRoot(), args, stdout, stderr)
}

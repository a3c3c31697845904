package main

import (
	"os"
	"path/filepath"
	"strings"
)

// program is what a user who follows a hint should type: under "go run" the
// binary lies in Go's cache and not in the PATH.
func program() string {
	if exe, err := os.Executable(); err == nil && strings.Contains(filepath.ToSlash(exe), "/go-build") {
		return "go run ./cmd/targetprop"
	}
	return "targetprop"
}

// commandLine is a command for the user to copy.
func commandLine(args ...string) string {
	line := program()
	for _, arg := range args {
		line += " " + quoteArgument(arg)
	}
	return line
}

// quoteArgument quotes for a POSIX shell where that is needed.
func quoteArgument(arg string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+,./:@%"
	if arg != "" && strings.Trim(arg, plain) == "" {
		return arg
	}
	if filepath.Separator == '\\' { // cmd.exe and PowerShell both take these
		return `"` + arg + `"`
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

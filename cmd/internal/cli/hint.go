package cli

import (
	"os"
	"path/filepath"
	"strings"
)

// Program is what a user who follows a hint should type: under "go run" the
// binary lies in Go's cache and not in the PATH.
func Program() string {
	if exe, err := os.Executable(); err == nil && strings.Contains(filepath.ToSlash(exe), "/go-build") {
		return "go run ./cmd/targetprop"
	}
	return "targetprop"
}

// CommandLine is a command for the user to copy.
func CommandLine(args ...string) string {
	line := Program()
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

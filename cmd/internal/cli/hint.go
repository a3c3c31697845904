package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
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
	if Plain(arg) != arg {
		return quoteEscapes(arg)
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

// quoteEscapes quotes what a terminal would obey, in the form that bash, ksh and zsh read back.
func quoteEscapes(arg string) string {
	var b strings.Builder
	for len(arg) > 0 {
		r, size := utf8.DecodeRuneInString(arg)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, arg[0])
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteString(Plain(string(r)))
		}
		arg = arg[size:]
	}
	return "$'" + b.String() + "'"
}

package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/recovered"
)

// Exit statuses.
const (
	StatusOK     = 0
	StatusFailed = 1
	StatusUsage  = 2
)

// A failure is an error of a command at work. Any other error that reaches
// [Execute] is about how the program was called: from cobra or as a usageError.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// A usageError is a mistake on the command line or in the environment that a
// command finds itself.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// Usagef makes an error for which the caller of the program is to blame.
func Usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// Usage puts the blame for err on the caller of the program.
func Usage(err error) error { return usageError{err} }

// status is the exit status after err.
func status(err error) int {
	switch {
	case err == nil:
		return StatusOK
	case errors.As(err, new(failure)) && !errors.As(err, new(usageError)):
		return StatusFailed
	default:
		return StatusUsage
	}
}

// Action makes the RunE of a command without arguments.
func Action(do func(cmd *cobra.Command) error) func(*cobra.Command, []string) error {
	return ActionOn(func(cmd *cobra.Command, _ []string) error { return do(cmd) })
}

// ActionOn makes a command's RunE.
func ActionOn(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := cmp.Or(named(cmd.Flags(), args), finite(cmd.Flags()))
		if err == nil {
			err = recovered.As[*dataset.ReadError](func() error { return do(cmd, args) }) // of a set on disk that is cut
		}
		if err == nil {
			return nil
		}
		if errors.Is(err, context.Canceled) && !strings.HasPrefix(err.Error(), "interrupted") { // or it says more
			err = errors.New("interrupted")
		}
		return failure{err}
	}
}

// named fails if an argument, or a flag that is a file or a folder, has no name, as a script does
// with a variable that is not set: it would be taken for one that is not there.
func named(flags *pflag.FlagSet, args []string) (err error) {
	if i := slices.Index(args, ""); i >= 0 {
		return Usagef(`argument %d is "": want a name`, i+1)
	}
	flags.Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if several, ok := f.Value.(pflag.SliceValue); ok {
			values = several.GetSlice()
		}
		if kind, _ := pflag.UnquoteUsage(f); err == nil && slices.Contains(values, "") && (kind == "file" || kind == "folder") {
			err = Usagef(`--%s "": want a %s`, f.Name, kind)
		}
	})
	return err
}

// finite fails if a flag of a number is none, also one that nothing looks at with the others as they are, and makes
// the zero with a sign one without.
func finite(flags *pflag.FlagSet) (err error) {
	flags.Visit(func(f *pflag.Flag) {
		if kind := f.Value.Type(); kind != "float32" && kind != "float64" {
			return
		}
		switch x, _ := strconv.ParseFloat(f.Value.String(), 64); { // a flag's own text
		case x-x != 0:
			err = cmp.Or(err, Usagef("--%s %v: want a finite number", f.Name, x))
		case x == 0:
			err = cmp.Or(err, f.Value.Set("0"))
		}
	})
	return err
}

// noArguments refuses arguments that are no flags.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return Usagef("unexpected argument %q; %s", args[0], seeHelp(cmd))
	}
	return nil
}

// flagError words what pflag found wrong.
func flagError(cmd *cobra.Command, err error) error {
	var bad *pflag.InvalidValueError
	if !errors.As(err, &bad) {
		return Usagef("%w; %s", err, seeHelp(cmd))
	}
	cause := bad.Unwrap()
	if kind := kinds[bad.GetFlag().Value.Type()]; kind != "" {
		cause = fmt.Errorf("want %s", kind)
	}
	return Usagef("bad value %q for --%s: %w; %s", bad.GetValue(), bad.GetFlag().Name, cause, seeHelp(cmd))
}

// kinds say what flags of a type take; the errors of package strconv do not.
var kinds = map[string]string{
	"int":      "a whole number",
	"uint64":   "a whole number from 0 to 2^64-1",
	"float32":  "a number within the range of float32",
	"float64":  "a number within the range of float64",
	"bool":     "true or false",
	"duration": "a time as 30s or 5m",
}

func seeHelp(cmd *cobra.Command) string { return fmt.Sprintf("see %s --help", cmd.CommandPath()) }

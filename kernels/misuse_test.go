package kernels

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/bits"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A use is a valid call of a method of [Engine], from which [TestMisuse] makes wrong ones: each
// argument that has a name is spoiled in every way that its type allows, and each that is
// written is laid over each other one.
type use struct {
	args  []any
	names []string                    // what a refusal calls the argument; empty: any value is fine, or no one can tell
	into  []int                       // the arguments that are written
	same  [][2]int                    // what is written, and what may be the same memory, but overlap in no other way
	call  func(e *Engine, args []any) // if the method takes them in another form
	more  map[string]func(args []any) // what else is wrong, by what a refusal says
	also  map[int]func(e *Engine) any // the arguments that belong to the engine
}

// TestMisuse: a panic names the argument, before anything is written, on every engine.
func TestMisuse(t *testing.T) {
	all := engines(t)
	for method, u := range uses() {
		for name, e := range all {
			if reason := u.refusal(e, method, u.arguments(e)); reason != nil {
				t.Errorf("%s: %s as it should be: %v", name, method, reason)
			}
			u.misuses(e, func(what, refuse string, args []any) {
				before := memories(args)
				reason, _ := u.refusal(e, method, args).(string)
				named := slices.ContainsFunc(strings.Split(refuse, "|"), func(words string) bool { return strings.Contains(reason, words) })
				if !strings.HasPrefix(reason, "kernels: ") || !named {
					t.Errorf("%s: %s with %s: %v, want a panic with %q", name, method, what, reason, refuse)
				}
				if !slices.Equal(memories(args), before) {
					t.Errorf("%s: %s with %s: something was written", name, method, what)
				}
			})
		}
	}
}

// TestMisuseOfAll: every exported function and method is in the table, or here.
func TestMisuseOfAll(t *testing.T) {
	table := uses()
	for _, name := range []string{
		"Close",                            // TestClosed
		"New", "WithMaxISA", "WithThreads", // TestMisuseOfOptions
		"Available", "Compiled", "Plan.Slow", "Plan.String", // take nothing
		"ParseActivation", "ParseISA", "ParseRule", "Activation.UnmarshalText", "Rule.UnmarshalText", // take any text
	} {
		table[name] = use{}
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range exported(file) {
			if _, ok := table[name]; !ok {
				t.Errorf("there is no misuse of %s", name)
			}
			delete(table, name)
		}
	}
	for name := range table {
		t.Errorf("there is no function or method %s", name)
	}
}

// exported are the functions that other packages can call: a method of [Engine] by its own name,
// another with its type's.
func exported(file *ast.File) (names []string) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !f.Name.IsExported() {
			continue
		}
		name := f.Name.Name
		if f.Recv != nil {
			receiver := f.Recv.List[0].Type
			if star, ok := receiver.(*ast.StarExpr); ok {
				receiver = star.X
			}
			if typ := receiver.(*ast.Ident).Name; typ != "Engine" {
				name = typ + "." + name
			}
		}
		names = append(names, name)
	}
	return names
}

// refusal is what a call panics with: text, or nil, or what only the runtime says.
func (u use) refusal(e *Engine, method string, args []any) (reason any) {
	defer func() { reason = recover() }()
	if u.call != nil {
		u.call(e, args)
		return nil
	}
	values := make([]reflect.Value, len(args))
	for i, a := range args {
		values[i] = reflect.ValueOf(a)
	}
	reflect.ValueOf(e).MethodByName(method).Call(values)
	return nil
}

// arguments are those of a valid call, on memory of their own.
func (u use) arguments(e *Engine) []any {
	args := make([]any, len(u.args))
	for i, a := range u.args {
		if of := u.also[i]; of != nil {
			args[i] = of(e)
			continue
		}
		v := settable(a)
		if list := v; list.Kind() == reflect.Slice && list.Len() > 0 && list.Index(0).Kind() == reflect.Struct {
			v.Set(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v))
		}
		for _, data := range dataOf(v) {
			data.Set(reflect.AppendSlice(reflect.MakeSlice(data.Type(), 0, data.Len()), data))
		}
		args[i] = v.Interface()
	}
	return args
}

// power is 2^n. Where int has 32 bits it is 2^(n/2) for n up to 32, and 2^(n-32) beyond: as near to overflowing.
func power(n int) int {
	if n <= 32 {
		return 1 << (n * bits.UintSize / 64)
	}
	return 1 << (n - 64 + bits.UintSize)
}

// settable is a variable of that value.
func settable(a any) reflect.Value {
	v := reflect.New(reflect.TypeOf(a)).Elem()
	v.Set(reflect.ValueOf(a))
	return v
}

// dataOf are the slices of numbers in v: itself, fields, or those of its elements.
func dataOf(v reflect.Value) (all []reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k == reflect.Float32 || k == reflect.Float64 {
			return []reflect.Value{v}
		}
		for i := range v.Len() {
			all = append(all, dataOf(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			all = append(all, dataOf(v.Field(i))...)
		}
	}
	return all
}

// memories are the numbers of all arguments.
func memories(args []any) (all []float64) {
	for _, a := range args {
		for _, data := range dataOf(reflect.ValueOf(a)) {
			if data.CanInterface() {
				if x, ok := data.Interface().([]float64); ok {
					all = append(all, x[:cap(x)]...)
					continue
				}
			}
			for i := range data.Len() {
				all = append(all, data.Index(i).Float())
			}
		}
	}
	return all
}

// misuses calls do with the arguments of each wrong call.
func (u use) misuses(e *Engine, do func(what, refuse string, args []any)) {
	for i, name := range u.names {
		for n, more := 0, name != ""; more; n++ {
			args := u.arguments(e)
			v, what := settable(args[i]), ""
			if what, more = spoil(v, n); more {
				args[i] = v.Interface()
				do(fmt.Sprintf("argument %d: %s", i, what), name, args)
			}
		}
	}
	for _, i := range u.into {
		for j := range u.args {
			for shift := range 2 {
				args := u.arguments(e)
				if i == j || shift == 0 && slices.Contains(u.same, [2]int{i, j}) || !overlay(args, i, j, shift) {
					continue
				}
				do(fmt.Sprintf("argument %d over argument %d", j, i), "overlap", args)
			}
		}
	}
	for refuse, wrong := range u.more {
		args := u.arguments(e)
		wrong(args)
		do("more", refuse, args)
	}
}

// overlay lays argument j over argument i, shift elements after it, and tells whether both have
// elements of one type.
func overlay(args []any, i, j, shift int) bool {
	a, b := settable(args[i]), settable(args[j])
	as, bs := dataOf(a), dataOf(b)
	if len(as) == 0 || len(bs) == 0 || !as[0].CanSet() || !bs[0].CanSet() || as[0].Type() != bs[0].Type() {
		return false
	}
	x, y := as[len(as)-1], bs[0] // of lists the last product's result and the first one's factor
	if i > j {
		y = bs[len(bs)-1]
	}
	size := max(x.Len(), shift+y.Len())
	whole := reflect.MakeSlice(x.Type(), size, size)
	from, to := shift, shift+y.Len()
	x.Set(whole.Slice(0, x.Len()))
	y.Set(whole.Slice(from, to))
	args[i], args[j] = a.Interface(), b.Interface()
	return true
}

// spoil makes v wrong in way n, and says how, or that there is no such way.
func spoil(v reflect.Value, n int) (string, bool) {
	switch v.Kind() {
	case reflect.Int, reflect.Uint8:
		return spoilNumber(v, n, -1, math.MaxInt, math.MinInt, int64(power(62)))
	case reflect.Slice:
		switch {
		case n == 0:
			v.SetZero()
			return "nil", true
		case n == 1:
			v.Set(v.Slice(0, v.Len()-1))
			return "one element less", true
		case v.Index(0).Kind() == reflect.Struct:
			return spoil(v.Index(v.Len()-1), n-2)
		}
		return "", false
	}
	rows, cols, stride, data := v.FieldByName("Rows"), v.FieldByName("Cols"), v.FieldByName("Stride"), v.FieldByName("Data")
	const sizes, strides = 6, 5
	switch {
	case n < sizes:
		what, ok := spoilNumber(rows, n, -1, math.MinInt, math.MaxInt, int64(power(60)), int64(power(62)), rows.Int()+1)
		return "rows " + what, ok
	case n < 2*sizes:
		what, ok := spoilNumber(cols, n-sizes, -1, math.MinInt, math.MaxInt, int64(power(60)), int64(power(62)), cols.Int()+1)
		return "columns " + what, ok
	case data.IsValid() && n < 2*sizes+2:
		what, ok := spoil(data, n-2*sizes)
		return "data " + what, ok
	case stride.IsValid() && rows.Int() > 1:
		what, ok := spoilNumber(stride, n-2*sizes-2, -1, cols.Int()-1, math.MaxInt, math.MinInt, int64(power(62)))
		return "stride " + what, ok
	}
	return "", false
}

// spoilNumber makes v the n-th of some numbers.
func spoilNumber(v reflect.Value, n int, to ...int64) (string, bool) {
	switch {
	case n >= len(to):
		return "", false
	case v.Kind() == reflect.Uint8 && n > 1:
		return "", false
	case v.Kind() == reflect.Uint8:
		v.SetUint([]uint64{99, 255}[n])
		return "unknown", true
	}
	v.SetInt(to[n])
	return fmt.Sprint(to[n]), true
}

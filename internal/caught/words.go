package caught

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// InWords calls every exported function and method of the package in this folder with arguments
// that are good but for one, which is spoiled in the ways that its type allows: it returns, or
// fails in words, and not with those of the runtime: with an error, if it returns one. Methods are of the zero value of their type,
// and of a good one; and of a nil one, if a method says whether it can be. What would go on for long has a context that ends soon.
//
// functions has all functions by name. good are values for arguments of their types: of each the
// first is good, and more are wrong ones. With them are the good receivers of methods: a value, or
// a pointer for a type that is used as one.
func InWords(t *testing.T, functions map[string]any, good ...any) {
	t.Helper()
	w := words{t: t, good: good, said: map[string]bool{}}
	names, methods := exported(t)
	for _, name := range names {
		f, ok := functions[name]
		if !ok {
			t.Errorf("function %s is not called", name)
			continue
		}
		w.function(name, reflect.ValueOf(f))
		delete(functions, name)
	}
	for name := range functions {
		t.Errorf("there is no function %s", name)
	}
	for name, declared := range methods {
		found := false
		for _, g := range good {
			of, typ := reflect.ValueOf(g), reflect.TypeOf(g)
			zero := reflect.Zero(typ)
			if typ.Kind() == reflect.Pointer {
				typ = typ.Elem()
				zero = reflect.New(typ)
			}
			if typ.Name() != name {
				continue
			}
			found = true
			for i := range of.NumMethod() {
				if method := of.Type().Method(i).Name; declared[method] {
					w.function(name+"."+method, of.Method(i))
					w.function("zero "+name+"."+method, zero.Method(i))
					if declared["Validate"] && of.Kind() == reflect.Pointer {
						w.function("nil "+name+"."+method, reflect.Zero(of.Type()).Method(i))
					}
				}
			}
		}
		if !found {
			t.Errorf("no method of type %s is called", name)
		}
	}
}

// exported are the functions of the package in this folder, and the methods of each type. Tests have more.
func exported(t *testing.T) (functions []string, methods map[string]map[string]bool) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	methods = map[string]map[string]bool{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() {
				continue
			}
			if f.Recv == nil {
				functions = append(functions, f.Name.Name)
				continue
			}
			receiver := f.Recv.List[0].Type
			if star, ok := receiver.(*ast.StarExpr); ok {
				receiver = star.X
			}
			if name := receiver.(*ast.Ident); name.IsExported() {
				if methods[name.Name] == nil {
					methods[name.Name] = map[string]bool{}
				}
				methods[name.Name][f.Name.Name] = true
			}
		}
	}
	return functions, methods
}

// words are the calls of one package.
type words struct {
	t    *testing.T
	good []any
	said map[string]bool
}

// function calls f with good arguments, and with each one spoiled in each way.
func (w words) function(name string, f reflect.Value) {
	w.t.Helper()
	typ := f.Type()
	params := typ.NumIn()
	if typ.IsVariadic() {
		params-- // none of them
	}
	args := make([]reflect.Value, params)
	for i := range args {
		args[i] = w.values(typ.In(i))[0]
	}
	w.call(name, f, args)
	for i, arg := range args {
		for _, wrong := range w.values(typ.In(i))[1:] {
			args[i] = wrong
			w.call(name, f, args)
		}
		args[i] = arg
	}
}

// call calls f, which may panic in words.
func (w words) call(name string, f reflect.Value, args []reflect.Value) {
	w.t.Helper()
	defer func() {
		reason := recover()
		if reason == nil || inWords(reason, f.Type()) || w.said[name+fmt.Sprint(reason)] {
			return
		}
		w.said[name+fmt.Sprint(reason)] = true
		text := ""
		for _, a := range args {
			short := fmt.Sprintf("%v", a)
			text += ", " + short[:min(len(short), 40)]
		}
		w.t.Errorf("%s(%s): %v", name, strings.TrimPrefix(text, ", "), reason)
	}()
	ctx, cancel := context.WithTimeout(w.t.Context(), 100*time.Millisecond)
	defer cancel()
	for i, a := range args {
		if a.Type() == reflect.TypeFor[context.Context]() {
			args = slices.Clone(args)
			args[i] = reflect.ValueOf(&ctx).Elem()
		}
	}
	f.Call(args)
}

// inWords tells whether a function of that type may panic with the reason. One that returns an error
// does so only without an engine, or if its receiver was not made as it should be.
func inWords(reason any, typ reflect.Type) bool {
	if _, ok := reason.(runtime.Error); ok {
		return false
	}
	if n := typ.NumOut(); n == 0 || typ.Out(n-1) != reflect.TypeFor[error]() {
		return true
	}
	text := fmt.Sprint(reason)
	return strings.Contains(text, "Engine is nil") || strings.Contains(text, "is not what")
}

// values are a good one of a type, and others. What a call changes is the next one's too.
func (w words) values(typ reflect.Type) []reflect.Value {
	var all []reflect.Value
	for _, g := range w.good {
		if v := reflect.ValueOf(g); v.Type() == typ || len(all) == 0 && typ.Kind() == reflect.Interface && v.Type().Implements(typ) {
			all = append(all, v.Convert(typ))
		}
	}
	add := func(values ...any) {
		for _, v := range values {
			all = append(all, reflect.ValueOf(v).Convert(typ))
		}
	}
	switch typ.Kind() {
	case reflect.Interface:
		if typ == reflect.TypeFor[context.Context]() { // call sets it; a nil one is not looked at
			return []reflect.Value{reflect.Zero(typ)}
		}
	case reflect.Int:
		add(1, 0, -1, 7, math.MaxInt, math.MinInt)
	case reflect.Float32, reflect.Float64:
		add(0.5, -1, math.NaN(), math.Inf(1))
	case reflect.Uint8:
		add(0, 99)
	case reflect.Slice:
		for _, n := range []int{3, 1, 0, 6} {
			all = append(all, reflect.MakeSlice(typ, n, n))
		}
	case reflect.Pointer:
		all = append(all, reflect.New(typ.Elem()))
	}
	return append(all, reflect.Zero(typ))
}

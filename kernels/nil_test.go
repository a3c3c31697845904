package kernels

import (
	"reflect"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestNilEngine: every method names the engine that is missing.
func TestNilEngine(t *testing.T) {
	var none *Engine
	typ := reflect.TypeOf(none)
	for i := range typ.NumMethod() {
		method := typ.Method(i)
		args := []reflect.Value{reflect.ValueOf(none)}
		if u, ok := uses()[method.Name]; ok && u.call == nil {
			for _, a := range u.arguments(Default()) {
				args = append(args, reflect.ValueOf(a))
			}
		} else {
			for j := 1; j < method.Type.NumIn(); j++ {
				args = append(args, reflect.Zero(method.Type.In(j)))
			}
		}
		if reason := caught.Panic(func() { method.Func.Call(args) }); !strings.HasPrefix(reason, "kernels: the Engine is nil") {
			t.Errorf("%s of a nil Engine: %q", method.Name, reason)
		}
	}
}

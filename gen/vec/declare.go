package vec

// Declared are the functions that a program writes, in its order.
func Declared(program func(Machine)) []Func {
	var r recorder
	program(&r)
	return r.funcs
}

// recorder is a Machine that keeps the declarations and writes nothing.
type recorder struct {
	Machine // nil: bodies are not run
	funcs   []Func
}

func (r *recorder) Map(f Func, _ func())    { r.funcs = append(r.funcs, f) }
func (r *recorder) Blocks(f Func, _ func()) { r.funcs = append(r.funcs, f) }

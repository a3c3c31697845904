package vec

// Declared are the functions that a program writes for elements of so many bytes, in its
// order.
func Declared(program func(Machine), size int) []Func {
	r := recorder{size: size}
	program(&r)
	return r.funcs
}

// recorder is a Machine that keeps the declarations and writes nothing.
type recorder struct {
	Machine // nil: bodies are not run
	size    int
	funcs   []Func
}

func (r *recorder) Size() int               { return r.size }
func (r *recorder) Map(f Func, _ func())    { r.funcs = append(r.funcs, f) }
func (r *recorder) Blocks(f Func, _ func()) { r.funcs = append(r.funcs, f) }

package export_test

import (
	"encoding/binary"
	"math"
	"testing"
)

// fields are those of a message of protocol buffers, by number: what a writer wrote, read
// without its help.
type fields map[int][]any // uint64 or []byte

func parse(t *testing.T, b []byte) fields {
	t.Helper()
	f := fields{}
	next := func() uint64 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			t.Fatal("a message ends within a number")
		}
		b = b[n:]
		return v
	}
	for len(b) > 0 {
		key := next()
		value := any(next())
		if key&7 == 2 {
			n := value.(uint64)
			if n > uint64(len(b)) {
				t.Fatalf("field %d has %d bytes, of which %d are there", key>>3, n, len(b))
			}
			value, b = b[:n], b[n:]
		} else if key&7 != 0 {
			t.Fatalf("field %d is of kind %d", key>>3, key&7)
		}
		f[int(key>>3)] = append(f[int(key>>3)], value)
	}
	return f
}

// text is a field's last value, messages are all its values.
func (f fields) text(n int) string {
	if len(f[n]) == 0 {
		return ""
	}
	return string(f[n][len(f[n])-1].([]byte))
}

func (f fields) texts(n int) (all []string) {
	for _, v := range f[n] {
		all = append(all, string(v.([]byte)))
	}
	return all
}

func (f fields) number(n int) int { return int(f[n][len(f[n])-1].(uint64)) }

func (f fields) messages(t *testing.T, n int) (all []fields) {
	for _, v := range f[n] {
		all = append(all, parse(t, v.([]byte)))
	}
	return all
}

// matrix is rows of numbers; a vector is one row.
type matrix [][]float64

// evaluate does the operations of a graph by their definitions in the standard, and
// returns its outputs. It fails on what the standard does not have.
func evaluate(t *testing.T, file []byte, inputs map[string]matrix) map[string]matrix {
	t.Helper()
	m := parse(t, file)
	if opset := m.messages(t, 8); m.number(1) < 7 || len(opset) != 1 || opset[0].text(1) != "" || opset[0].number(2) != 13 {
		t.Fatalf("version %d, operators %v", m.number(1), opset)
	}
	graph := m.messages(t, 7)[0]
	values := map[string]matrix{}
	for _, v := range graph.messages(t, 5) {
		values[v.text(8)] = tensor(t, v)
	}
	for _, v := range graph.messages(t, 11) {
		in, ok := inputs[v.text(1)]
		if !ok || columns(t, v) != len(in[0]) {
			t.Fatalf("an input %s of %d columns", v.text(1), columns(t, v))
		}
		values[v.text(1)] = in
	}
	for _, node := range graph.messages(t, 1) {
		var args []matrix
		for _, name := range node.texts(1) {
			v, ok := values[name]
			if !ok {
				t.Fatalf("%s of %s, which is not there yet", node.text(4), name)
			}
			args = append(args, v)
		}
		if values[node.text(2)] != nil {
			t.Fatalf("%s is there already", node.text(2))
		}
		values[node.text(2)] = operate(t, node.text(4), args)
	}
	outputs := map[string]matrix{}
	for _, v := range graph.messages(t, 12) {
		out := values[v.text(1)]
		if out == nil || columns(t, v) != len(out[0]) {
			t.Fatalf("an output %s of %d columns", v.text(1), columns(t, v))
		}
		outputs[v.text(1)] = out
	}
	return outputs
}

// columns is the second size of an input or an output of float32, whose first has a name.
func columns(t *testing.T, v fields) int {
	tensor := v.messages(t, 2)[0].messages(t, 1)[0]
	sizes := tensor.messages(t, 2)[0].messages(t, 1)
	if tensor.number(1) != 1 || len(sizes) != 2 || sizes[0].text(2) == "" {
		t.Fatalf("%s is of type %v", v.text(1), tensor)
	}
	return sizes[1].number(1)
}

func tensor(t *testing.T, v fields) matrix {
	cols, raw := v[1][len(v[1])-1].(uint64), []byte(v.text(9))
	count := 1
	for _, size := range v[1] {
		count *= int(size.(uint64))
	}
	if v.number(2) != 1 || len(raw) != 4*count {
		t.Fatalf("tensor %s of type %d and sizes %v has %d bytes", v.text(8), v.number(2), v[1], len(raw))
	}
	var m matrix
	for ; len(raw) > 0; raw = raw[4*cols:] {
		row := make([]float64, cols)
		for i := range row {
			row[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:])))
		}
		m = append(m, row)
	}
	return m
}

// operate is an operation. A matrix of one row stands for as many as the other has.
func operate(t *testing.T, op string, args []matrix) matrix {
	each := func(f func(x, y float64) float64) matrix {
		a, b := args[0], args[len(args)-1]
		m := make(matrix, max(len(a), len(b)))
		for i := range m {
			for j := range a[0] {
				m[i] = append(m[i], f(a[i%len(a)][j], b[i%len(b)][j]))
			}
		}
		return m
	}
	if want := map[string]int{"Gemm": 3, "Add": 2, "Mul": 2}[op]; len(args) != max(want, 1) {
		t.Fatalf("%s of %d inputs", op, len(args))
	}
	switch op {
	case "Gemm":
		product := make(matrix, len(args[0]))
		for i, row := range args[0] {
			if len(row) != len(args[1]) {
				t.Fatalf("Gemm of %d columns and %d rows", len(row), len(args[1]))
			}
			product[i] = append([]float64(nil), args[2][0]...)
			for k, x := range row {
				for j, w := range args[1][k] {
					product[i][j] += x * w
				}
			}
		}
		return product
	case "Softmax": // along the last axis, since opset 13
		m := make(matrix, len(args[0]))
		for i, row := range args[0] {
			sum := 0.0
			for _, x := range row {
				sum += math.Exp(x)
			}
			for _, x := range row {
				m[i] = append(m[i], math.Exp(x)/sum)
			}
		}
		return m
	case "Add":
		return each(func(x, y float64) float64 { return x + y })
	case "Mul":
		return each(func(x, y float64) float64 { return x * y })
	case "Softplus":
		return each(func(x, _ float64) float64 { return math.Log1p(math.Exp(x)) })
	case "Sigmoid":
		return each(func(x, _ float64) float64 { return 1 / (1 + math.Exp(-x)) })
	case "Relu":
		return each(func(x, _ float64) float64 { return max(x, 0) })
	case "Tanh":
		return each(func(x, _ float64) float64 { return math.Tanh(x) })
	}
	t.Fatalf("the standard has no %q that this test knows", op)
	return nil
}

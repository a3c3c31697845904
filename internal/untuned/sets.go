package untuned

import (
	"fmt"
	"path/filepath"
	"testing"
)

// Set is a set that nobody has tuned for.
type Set struct {
	Name string
	// Make writes n examples to the folder, and returns what --data names.
	Make func(t testing.TB, dir string, n int) string
	Some int // as many as a person might have
}

// Sets are the seven.
var Sets = []Set{
	{"photographs", photographs, 1000},
	{"grey64", grey64, 800},
	{"grey28", grey28, 2000},
	{"floats", floats, 1500},
	{"table", table, 569},
	{"cifar", cifar, 1000},
	{"emnist", emnist, 2000},
}

// photographs are 32 x 32 in colour, in folders of their classes, every third a JPEG.
func photographs(t testing.TB, dir string, n int) string {
	pixels, labels := scenes(1, n, 32, 32, 3, 1)
	for i, label := range labels {
		p := pixels[i*3072:][:3072]
		if i%3 == 0 {
			Write(t, JPEG(t, p, 32, 32), dir, Classes[label], fmt.Sprintf("%05d.jpg", i))
		} else {
			Write(t, PNG(t, p, 32, 32), dir, Classes[label], fmt.Sprintf("%05d.png", i))
		}
	}
	return dir
}

// grey64 is one IDX file, without labels and without a test file.
func grey64(t testing.TB, dir string, n int) string {
	pixels, _ := scenes(2, n, 64, 64, 1, 1)
	Write(t, IDX(pixels, n, 64, 64), dir, "train-images-idx3-ubyte")
	return dir
}

// grey28 has little contrast.
func grey28(t testing.TB, dir string, n int) string {
	pixels, _ := scenes(3, n, 28, 28, 1, 0.5)
	Write(t, IDX(pixels, n, 28, 28), dir, "train-images-idx3-ubyte")
	return dir
}

// floats are rows of 64 numbers around 0.
func floats(t testing.TB, dir string, n int) string {
	rows, _ := numbers(4, n, 64, 6, 0.1)
	var data []byte
	for _, row := range rows {
		data = append(data, Float32s(row...)...)
	}
	Write(t, NPY("<f4", data, n, 64), dir, "x.npy")
	return filepath.Join(dir, "x.npy")
}

// table has 30 columns, some skewed, and one of labels that are words.
func table(t testing.TB, dir string, n int) string {
	rows, labels := numbers(5, n, 30, 4, 0.3)
	var b []byte
	for j := range 30 {
		b = fmt.Appendf(b, "feature %d,", j+1)
	}
	b = append(b, "class\n"...)
	for i, row := range rows {
		for j, x := range row {
			if j%3 == 0 {
				x = 10 + x*x
			}
			b = fmt.Appendf(b, "%.5g,", x)
		}
		b = append(b, []string{"benign\n", "malignant\n"}[labels[i]]...)
	}
	Write(t, b, dir, "table.csv")
	return filepath.Join(dir, "table.csv")
}

// cifar is two files of CIFAR-10, one for tests.
func cifar(t testing.TB, dir string, n int) string {
	pixels, labels := scenes(6, n, 32, 32, 3, 1)
	var files [2][]byte
	for i, label := range labels {
		to := &files[i%6/5]
		*to = append(*to, label)
		for k := range 3 {
			for p := range 1024 {
				*to = append(*to, pixels[i*3072+3*p+k])
			}
		}
	}
	Write(t, files[0], dir, "data_batch_1.bin")
	Write(t, files[1], dir, "test_batch.bin")
	return dir
}

// emnist has EMNIST's names, and images that lie on their side.
func emnist(t testing.TB, dir string, n int) string {
	for part, m := range map[string]int{"train": n - n/6, "test": n / 6} {
		pixels, labels := scenes(uint64(7+len(part)), m, 28, 28, 1, 1)
		turned := make([]byte, len(pixels))
		for i := range labels {
			for p := range 784 {
				turned[i*784+p%28*28+p/28] = pixels[i*784+p]
			}
		}
		Write(t, IDX(turned, m, 28, 28), dir, "emnist-small-"+part+"-images-idx3-ubyte")
		Write(t, IDX(labels, m), dir, "emnist-small-"+part+"-labels-idx1-ubyte")
	}
	Write(t, []byte("0 65\n1 66\n2 67\n"), dir, "emnist-small-mapping.txt")
	return dir
}

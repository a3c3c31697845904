package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/describe"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestSets: each of the seven sets is recognised, split, and of the shape that it has.
func TestSets(t *testing.T) {
	for name, want := range map[string]struct {
		shape, classes string
		counts         [3]int
		floats         bool
	}{
		"photographs": {"32 x 32 pixels in colour", "ball box kite", [3]int{48, 6, 6}, false},
		"grey64":      {"64 x 64 grey pixels", "", [3]int{48, 6, 6}, false},
		"grey28":      {"28 x 28 grey pixels", "", [3]int{48, 6, 6}, false},
		"floats":      {"64 numbers (floats)", "", [3]int{48, 6, 6}, true},
		"table":       {"30 numbers (floats)", "benign malignant", [3]int{48, 6, 6}, true},
		"cifar":       {"32 x 32 pixels in colour", "", [3]int{45, 5, 10}, false},
		"emnist":      {"28 x 28 grey pixels", "A B C", [3]int{45, 5, 10}, false},
	} {
		for _, s := range untuned.Sets {
			if s.Name != name {
				continue
			}
			path := s.Make(t, t.TempDir(), 60)
			set := load(t, path, reading.Options{})
			got := [3]int{set.Train.Len(), set.Valid.Len(), set.Test.Len()}
			if Shape(set.Train) != want.shape || strings.Join(set.Classes, " ") != want.classes || got != want.counts {
				t.Errorf("%s: %s, classes %v, %v examples; want %+v", name, Shape(set.Train), set.Classes, got, want)
			}
			f, err := describe.Of(t.Context(), set)
			if err != nil || f.Floats != want.floats || f.Std < 0.05 || f.Std > 0.4 || f.Mean < 0.2 || f.Mean > 0.8 {
				t.Errorf("%s: %+v, %v", name, f, err)
			}
			// The same in memory and from disk; the cache serves the second time.
			if name == "photographs" || name == "floats" {
				onDisk := reading.Options{InMemory: 1, CacheDir: t.TempDir()}
				for range 2 {
					same(t, set.Train, load(t, path, onDisk).Train)
				}
			}
		}
	}
}

func load(t *testing.T, path string, o reading.Options) dataset.Set {
	t.Helper()
	set, err := Load(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// same wants the same numbers of both, before and after a fetch.
func same(t *testing.T, memory, disk dataset.Images) {
	t.Helper()
	if disk.Stored == nil || disk.Len() != memory.Len() {
		t.Fatalf("%d examples, stored: %v", disk.Len(), disk.Stored != nil)
	}
	defer disk.Stored.Close()
	a, b := make([]float32, memory.Dim()), make([]float32, memory.Dim())
	if err := disk.Fetch([]int{3, 1}); err != nil {
		t.Fatal(err)
	}
	for i := range memory.Len() {
		memory.Read(i, a)
		disk.Read(i, b)
		for j := range a {
			if a[j] != b[j] {
				t.Fatalf("example %d from disk differs at %d", i, j)
			}
		}
	}
}

// TestOrphans: what a killed process left in the cache goes, what another is writing stays.
func TestOrphans(t *testing.T) {
	dir, cache := t.TempDir(), t.TempDir()
	for i := range 8 {
		untuned.Write(t, untuned.PNG(t, make([]byte, 4), 2, 2), dir, fmt.Sprintf("%d.png", i))
	}
	untuned.Write(t, nil, cache, "decoded", "new-1")
	untuned.Write(t, nil, cache, "decoded", "new-2")
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(filepath.Join(cache, "decoded", "new-1"), old, old); err != nil {
		t.Fatal(err)
	}
	defer load(t, dir, reading.Options{InMemory: 1, CacheDir: cache}).Train.Stored.Close()
	entries, err := os.ReadDir(filepath.Join(cache, "decoded"))
	if err != nil || len(entries) != 2 || entries[1].Name() != "new-2" {
		t.Errorf("%v, %v", entries, err)
	}
}

// TestErrors: an error names the file, and the place in it.
func TestErrors(t *testing.T) {
	grey := untuned.PNG(t, make([]byte, 30), 5, 6)
	for name, test := range map[string]struct {
		files map[string][]byte
		want  []string
	}{
		"nothing":       {map[string][]byte{"readme": nil}, []string{"nothing in it is known", "PNG"}},
		"damaged":       {map[string][]byte{"a/1.png": grey, "a/2.png": grey[:len(grey)-20]}, []string{"2.png is damaged", "near byte"}},
		"no picture":    {map[string][]byte{"1.png": grey, "2.png": []byte("text")}, []string{"2.png is no PNG or JPEG"}},
		"sizes":         {map[string][]byte{"1.png": grey, "2.png": untuned.PNG(t, make([]byte, 30), 6, 5)}, []string{"2.png is 5 x 6", "--size 6x5"}},
		"no class":      {map[string][]byte{"a/1.png": grey, "2.png": grey}, []string{"2.png is in no folder"}},
		"other columns": {map[string][]byte{"train.csv": []byte("a,b\n1,2\n3,4\n"), "test.csv": []byte("b,a\n1,2\n3,4\n")}, []string{"train.csv has the columns a, b; another", "b, a"}},
		"other labels":  {map[string][]byte{"train.csv": []byte("x,2\ny,4\n"), "test.csv": []byte("1,x\n3,y\n")}, []string{"labels in column 1", "labels in column 2"}},
		"missing words": {map[string][]byte{"t.csv": []byte("1,x\n2,x\n3,4\n")}, []string{"column 2 has words", "numbers too", "--label 2"}},
		"missing":       {map[string][]byte{"t.csv": []byte("1,NA\n2,3\n3,4\n")}, []string{"line 1, column 2", "NA"}},
		"class as part": {map[string][]byte{"dev/1.png": grey, "prod/2.png": grey}, []string{"1.png is in no folder", `"dev", says that it holds validation examples`}},
		"one class":     {map[string][]byte{"007/1.png": grey, "7/2.png": grey}, []string{`labels "007" and "7" are the same number`}},
		"too large":     {map[string][]byte{"t.csv": []byte("1e400,1\n2,3\n")}, []string{"line 1, column 1", "1e400"}},
		"too far apart": {map[string][]byte{"t.csv": []byte("3e38,1\n-3e38,1\n3e38,1\n-3e38,1\n3e38,1\n-3e38,1\n3e38,1\n-3e38,1\n")}, []string{"the numbers 0, counted from 0, of the training examples are from -3e+38 to 3e+38"}},
		"word":          {map[string][]byte{"t.csv": []byte("a,b,c\n1,2,3\n4,x,6\n")}, []string{"t.csv", "line 3, column 2", `"x"`}},
		"ragged":        {map[string][]byte{"t.csv": []byte("1,2\n3,4\n5\n")}, []string{"t.csv", "line 3 has 1 columns"}},
		"NaN":           {map[string][]byte{"t.csv": []byte("1,2\nNaN,4\n")}, []string{"line 2, column 1"}},
		"cut npy":       {map[string][]byte{"x.npy": untuned.NPY("<f4", untuned.Float32s(1, 2, 3), 2, 2)}, []string{"x.npy", "element 3 of the 4"}},
		"NaN in npy":    {map[string][]byte{"x.npy": untuned.NPY("<f8", []byte("\x00\x00\x00\x00\x00\x00\xf8\x7f"), 1, 1)}, []string{"x.npy", "[0, 0]", "NaN"}},
		"channels":      {map[string][]byte{"x.npy": untuned.NPY("|u1", make([]byte, 24), 2, 3, 2, 2)}, []string{"x.npy", "channels last"}},
		"labels":        {map[string][]byte{"x.npy": untuned.NPY("|u1", make([]byte, 8), 2, 4), "y.npy": untuned.NPY("|u1", make([]byte, 3), 3)}, []string{"y.npy", "3 labels for 2"}},
		"objects":       {map[string][]byte{"x.npy": untuned.NPY("|O", nil, 2)}, []string{"x.npy", "header"}},
		"cut cifar":     {map[string][]byte{"data_batch_2.bin": make([]byte, 3073+9)}, []string{"data_batch_2.bin", "image 1 is cut off"}},
		"cifar's label": {map[string][]byte{"test_batch.bin": append([]byte{10}, make([]byte, 3072)...)}, []string{"image 0", "label is 10"}},
		"idx labels":    {map[string][]byte{"train-images-idx3-ubyte": untuned.IDX(make([]byte, 8), 2, 2, 2), "train-labels-idx1-ubyte": untuned.IDX([]byte{1}, 1)}, []string{"train-labels", "1 labels for 2"}},
		"two formats":   {map[string][]byte{"x.npy": untuned.NPY("|u1", make([]byte, 8), 2, 4), "t.csv": []byte("1\n2\n")}, []string{"several formats", "NumPy, CSV"}},
		"too few":       {map[string][]byte{"t.csv": []byte("1\n2\n3\n")}, []string{"3 examples in all"}},
		"test's kind":   {map[string][]byte{"x_train.npy": untuned.NPY("|u1", make([]byte, 8), 2, 4), "x_test.npy": untuned.NPY("<f4", make([]byte, 32), 2, 4)}, []string{"test examples are floats, training examples bytes", "want one kind of numbers"}},
		"test's shape":  {map[string][]byte{"train.csv": []byte("1,2\n3,4\n"), "test.csv": []byte("1\n2\n")}, []string{"test examples are 1 numbers"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, content := range test.files {
				untuned.Write(t, content, dir, file)
			}
			_, err := Load(t.Context(), dir, reading.Options{})
			text := fmt.Sprint(err)
			if unread := (reading.Unread{}); errors.As(err, &unread) {
				text += "; " + unread.Flag
			}
			for _, part := range append(test.want, dir) {
				if err == nil || !strings.Contains(text, part) {
					t.Errorf("error %v, want one with %q", err, part)
				}
			}
		})
	}
	path := filepath.Join(t.TempDir(), "x.npy")
	untuned.Write(t, untuned.NPY("|u1", make([]byte, 80), 20, 4), path)
	if _, err := Load(t.Context(), path, reading.Options{Label: "none"}); err == nil || !strings.Contains(err.Error(), "only tables") {
		t.Errorf("a column of labels of what is no table: %v", err)
	}
	if _, err := Load(t.Context(), "no/such", reading.Options{}); err == nil || !strings.Contains(err.Error(), "no such") {
		t.Errorf("a path that is not there: %v", err)
	}
}

// TestOrientation: EMNIST's images are turned, and CIFAR's planes become pixels.
func TestOrientation(t *testing.T) {
	dir := t.TempDir()
	images := make([]byte, 10*6)
	for i := range images {
		images[i] = byte(i * 4)
	}
	untuned.Write(t, untuned.IDX(images, 10, 2, 3), dir, "emnist-x-train-images-idx3-ubyte")
	untuned.Write(t, untuned.IDX(images, 10, 2, 3), dir, "emnist-x-test-images-idx3-ubyte")
	first := load(t, dir, reading.Options{}).Test
	if got := first.Row(0); first.Height != 3 || first.Width != 2 || string(got) != string([]byte{0, 12, 4, 16, 8, 20}) {
		t.Errorf("%d x %d pixels %v", first.Width, first.Height, got)
	}
	dir = t.TempDir()
	record := make([]byte, 3074)
	record[1], record[2], record[2+1024], record[2+2048] = 77, 1, 2, 3
	untuned.Write(t, record, dir, "test.bin")
	untuned.Write(t, append(append(record, record...), append(record, record...)...), dir, "train.bin")
	test := load(t, dir, reading.Options{}).Test
	if got := test.Row(0)[:4]; test.Labels[0] != 77 || string(got) != "\x01\x02\x03\x00" {
		t.Errorf("label %d, pixels %v", test.Labels[0], got)
	}
}

// TestScale: floats of any range become 0 to 1 and back, and a table's columns each.
func TestScale(t *testing.T) {
	dir := t.TempDir()
	untuned.Write(t, []byte("a;b;c\n0;5;-1\n10;5;1\n5;5;0\n0;5;0\n10;5;0\n5;5;0\n10;5;0\n"), dir, "t.csv")
	set := load(t, filepath.Join(dir, "t.csv"), reading.Options{})
	row := make([]float32, 3)
	for _, part := range []dataset.Images{set.Train, set.Valid, set.Test} {
		for i := range part.Len() {
			part.Read(i, row)
			want := append([]float32(nil), part.Numbers[3*i:][:3]...)
			if row[0] < 0 || row[0] > 1 || row[1] != 0.5 || row[2] < 0 || row[2] > 1 {
				t.Errorf("%v is read as %v", want, row)
			}
			if set.Train.Scale.Undo(row); i < set.Train.Len() && &part.Numbers[0] == &set.Train.Numbers[0] && (row[0] != want[0] || row[1] != want[1]) {
				t.Errorf("%v comes back as %v", want, row)
			}
		}
	}
	if strings.Join(set.Columns, "") != "abc" {
		t.Errorf("columns %v", set.Columns)
	}
}

// TestSplit: the draw depends on the seed only, and no example is lost or used twice.
func TestSplit(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	for i := range 100 {
		b.WriteString(strings.Repeat(",1", 2)[1:] + "," + string(rune('0'+i/10)) + string(rune('0'+i%10)) + "\n")
	}
	untuned.Write(t, []byte(b.String()), dir, "t.csv")
	split, err := reading.ParseSplit("50,25,25")
	if err != nil {
		t.Fatal(err)
	}
	a, again := load(t, dir, reading.Options{Split: split}), load(t, dir, reading.Options{Split: split})
	split.Seed = 2
	other := load(t, dir, reading.Options{Split: split})
	seen := map[float32]int{}
	differ := false
	for _, part := range []struct {
		set, again, other dataset.Images
		n                 int
	}{{a.Train, again.Train, other.Train, 50}, {a.Valid, again.Valid, other.Valid, 25}, {a.Test, again.Test, other.Test, 25}} {
		if part.set.Len() != part.n {
			t.Errorf("%d examples, want %d", part.set.Len(), part.n)
		}
		for i := range part.set.Len() {
			x := part.set.Numbers[3*i+2]
			seen[x]++
			differ = differ || x != part.other.Numbers[3*i+2]
			if x != part.again.Numbers[3*i+2] {
				t.Error("the same seed draws others")
			}
		}
	}
	if len(seen) != 100 || !differ {
		t.Errorf("%d different examples of 100; another seed draws others: %v", len(seen), differ)
	}
	for _, bad := range []string{"", "1,2", "80,20,0", "a,b,c", "-1,1,1"} {
		if _, err := reading.ParseSplit(bad); err == nil {
			t.Errorf("split %q: no error", bad)
		}
	}
}

// TestOthers: pictures are scaled to --size; a folder of the four MNIST files is what dataset.Load makes of it.
func TestOthers(t *testing.T) {
	dir := t.TempDir()
	untuned.Write(t, untuned.PNG(t, make([]byte, 12*10*3), 12, 10), dir, "train", "a", "1.png")
	for _, name := range []string{"2", "3", "4", "5", "6", "7"} {
		untuned.Write(t, untuned.PNG(t, make([]byte, 9*9), 9, 9), dir, "train", "b", name+".png")
		untuned.Write(t, untuned.PNG(t, make([]byte, 9*9), 9, 9), dir, "test", "b", name+".png")
	}
	set := load(t, dir, reading.Options{Width: 5, Height: 4})
	if Shape(set.Train) != "5 x 4 pixels in colour" || set.Test.Len() != 6 || set.Test.Labels[0] != 1 || set.Train.Len() != 5 {
		t.Errorf("%s, %d training and %d test examples, labels %v", Shape(set.Train), set.Train.Len(), set.Test.Len(), set.Test.Labels)
	}
	dir = t.TempDir()
	for name, content := range map[string][]byte{
		"train-images-idx3-ubyte": untuned.IDX(make([]byte, 12*4), 12, 2, 2), "train-labels-idx1-ubyte": untuned.IDX(make([]byte, 12), 12),
		"t10k-images.idx3-ubyte": untuned.IDX(make([]byte, 3*4), 3, 2, 2), "t10k-labels-idx1-ubyte": untuned.IDX(make([]byte, 3), 3),
	} {
		untuned.Write(t, content, dir, name)
	}
	want, err := dataset.Load(t.Context(), dir, dataset.Options{})
	if got := load(t, dir, reading.Options{}); err != nil || got.Train.Len() != 10 || got.Train.Len() != want.Train.Len() || got.Train.Scale != nil {
		t.Errorf("%d training images, %v", got.Train.Len(), err)
	}
	if err := os.Remove(filepath.Join(dir, "t10k-labels-idx1-ubyte")); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(t.Context(), dir, reading.Options{}); err == nil || !strings.Contains(err.Error(), "t10k-labels-idx1-ubyte") {
		t.Errorf("labels of one part only: %v", err)
	}
}

// TestColumnsFarFromEachOther: each column has a range of its own, however far they are from each other.
func TestColumnsFarFromEachOther(t *testing.T) {
	set, err := read(t, strings.Repeat("-1.6e38,2.96e38\n1.6e38,3e38\n", 20), reading.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float32, 2)
	for i := range set.Train.Len() {
		if set.Train.Read(i, x); x[0] != x[1] || x[0] != 0 && x[0] != 1 {
			t.Fatalf("example %d is %v", i, x)
		}
	}
}

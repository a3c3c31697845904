package data

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/grouptest"
)

// shards are the training images of the tiny set in so many files, of sizes that
// differ.
func shards(t *testing.T, source string, n int) map[string]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(source, tiny.TrainImagesFile))
	if err != nil {
		t.Fatal(err)
	}
	const dim = tiny.Height * tiny.Width
	files := map[string]string{}
	for i, lo := 0, 0; i < n; i++ {
		hi := tiny.Images * (i + 1) * (i + 1) / n / n
		files[fmt.Sprintf("%s-%05d-of-%05d", tiny.TrainImagesFile, i, n)] =
			tiny.IDX(0x803, content[16+lo*dim:16+hi*dim], hi-lo, tiny.Height, tiny.Width)
		lo = hi
	}
	return files
}

func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestLoadPart: whether there is one file, or each process has its shards only, a
// group reads what one process reads, and each holds its part.
func TestLoadPart(t *testing.T) {
	source := tiny.Data(t)
	whole, err := Load(t.Context(), io.Discard, source)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{2, 3, 5} {
		for _, n := range []int{0, 3, 7} {
			folders := slices.Repeat([]string{source}, size)
			if n > 0 {
				all := shards(t, source, n)
				for rank := range size {
					own := map[string]string{}
					for i := n * rank / size; i < n*(rank+1)/size; i++ {
						name := fmt.Sprintf("%s-%05d-of-%05d", tiny.TrainImagesFile, i, n)
						own[name] = all[name]
					}
					folders[rank] = folderOf(t, own)
				}
			}
			held := make([]int, size)
			grouptest.Together(t, size, func(g grouptest.Member) error {
				set, err := LoadPart(t.Context(), io.Discard, folders[g.Rank()], Reading{}, g)
				if err != nil {
					return err
				}
				shape := set.Shape()
				height, width := shape.Height, shape.Width
				if set.TrainLen() != whole.Train.Len() || height != tiny.Height || width != tiny.Width || set.Digest() != Digest(whole.Train) {
					t.Errorf("%d ranks, %d shards, rank %d: %d images of %dx%d, digest %s", size, n, g.Rank(), set.TrainLen(), height, width, set.Digest())
				}
				s := set.Training(g).(*Shared)
				held[g.Rank()] = len(s.own)
				if len(s.own) != cap(s.own) {
					t.Errorf("%d bytes of memory for %d", cap(s.own), len(s.own))
				}
				some := []int{249, 0, 100, 7, 248, 1}
				if err := s.Fetch(some); err != nil {
					return err
				}
				got, want := make([]float32, s.Dim()), make([]float32, s.Dim())
				for _, i := range some {
					s.Read(i, got)
					if whole.Train.Read(i, want); !slices.Equal(got, want) {
						t.Errorf("%d ranks, %d shards, rank %d: image %d is another", size, n, g.Rank(), i)
					}
				}
				return nil
			})
			sum := 0
			for _, bytes := range held {
				sum += bytes
			}
			if sum != len(whole.Train.Pixels) || n == 0 && slices.Max(held) > (250/size+1)*whole.Train.Dim() {
				t.Errorf("%d ranks, %d shards: the processes hold %v bytes of %d", size, n, held, len(whole.Train.Pixels))
			}
		}
	}
}

// TestLoadPartRefuses: who differs is named, and what cannot be read.
func TestLoadPartRefuses(t *testing.T) {
	source := tiny.Data(t)
	two, three := folderOf(t, shards(t, source, 2)), folderOf(t, shards(t, source, 3))
	wide := shards(t, source, 2)
	const second = tiny.TrainImagesFile + "-00001-of-00002"
	wide[second] = tiny.IDX(0x803, make([]byte, 70), 1, tiny.Height, 2*tiny.Width)
	empty := t.TempDir()
	for _, c := range []struct {
		folders [2]string
		want    string
	}{
		{[2]string{two, three}, "2 shards of training images in rank 0, 3 shards in rank 1"},
		{[2]string{source, three}, "one file of training images in rank 0, 3 shards in rank 1"},
		{[2]string{source, empty}, "one file of training images in rank 0, none in rank 1"},
		{[2]string{empty, source}, "one file of training images in rank 1, none in rank 0"},
		{[2]string{empty, empty}, "nothing in it is known"},
		{[2]string{two, folderOf(t, wide)}, "5 pixels high or wide in rank 0, 10 in rank 1"},
	} {
		grouptest.Together(t, 2, func(g grouptest.Member) error {
			if _, err := LoadPart(t.Context(), io.Discard, c.folders[g.Rank()], Reading{}, g); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, rank %d: error %v, want %q", c.folders, g.Rank(), err, c.want)
			}
			return nil
		})
	}
	// One alone fails, so that the others wait: the group ends them.
	lacking := shards(t, source, 2)
	delete(lacking, second)
	dir := folderOf(t, lacking)
	files, err := find(t.Context(), io.Discard, dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := files.Open(1); err == nil || !strings.Contains(err.Error(), "no file "+second) {
		t.Errorf("a shard that is not there: %v", err)
	}
}

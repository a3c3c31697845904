//go:build unix

package program

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/dataset/source"
	"github.com/targetprop/targetprop/model"
)

// The set of TestLarge, and what fits into memory of it.
const (
	largeImages  = 60000
	largeMemory  = 20000 // images that are held in memory: 246 MB
	largeSide    = 64
	largestPeak  = 512e6
	slowestShare = 0.9
)

// TestLarge trains on 60,000 pictures of 64 x 64 in colour, a folder of PNG files: at the
// defaults in less than 512 MB of memory, and as fast from disk, once they are decoded, as
// from memory, within 10 %. It writes some 400 MB of files, and 740 MB of decoded ones, to
// the folder of temporary files, and takes long: make check-large.
func TestLarge(t *testing.T) {
	dir := os.Getenv("TARGETPROP_LARGE")
	if dir == "" {
		t.Skip("takes long: make check-large")
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		dir = t.TempDir()
	}
	all, some := filepath.Join(dir, "all"), filepath.Join(dir, "some")
	if _, err := os.Stat(some); err != nil {
		makeLarge(t, all, some)
	}
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	if err := os.RemoveAll(filepath.Join(dir, "cache")); err != nil {
		t.Fatal(err)
	}

	var peaks []int64
	for i, name := range []string{"decodes", "has decoded"} {
		cmd := largeRun(t, all, filepath.Join(dir, fmt.Sprint("defaults", i)), "--epochs", "1", "--iterations", "1")
		peak := int64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) << 10
		t.Logf("a run that %s the pictures: %.0f MB at the most, %v", name, float64(peak)/1e6, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		peaks = append(peaks, peak)
	}
	if peak := slices.Max(peaks); peak > largestPeak {
		t.Errorf("%.0f MB of memory at the most, want %d or less", float64(peak)/1e6, int(largestPeak/1e6))
	}

	disk, memory := steppedLarge(t, some, filepath.Join(dir, "cache"))
	t.Logf("a minibatch of 100 takes %v from disk, %v from memory: %.3f of the speed", disk, memory, float64(memory)/float64(disk))
	if share := float64(memory) / float64(disk); share < slowestShare {
		t.Errorf("from disk it trains at %.2f of the speed from memory, want %.2f or more", share, slowestShare)
	}
}

// steppedLarge is the median time of a step on the pictures from disk and from memory.
// Two trainings take turns, step by step, and must come to the same network. It has few
// units and iterations: the less there is to compute, the more reading shows.
func steppedLarge(t *testing.T, path, cache string) (disk, memory time.Duration) {
	t.Helper()
	e, err := cli.NewEngine(0)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	var trainers []*model.Trainer
	for _, inMemory := range []int64{1, 1 << 30} {
		set, err := source.Load(t.Context(), path, reading.Options{InMemory: inMemory, CacheDir: cache})
		if err != nil {
			t.Fatal(err)
		}
		if stored := set.Train.Stored != nil; stored != (inMemory == 1) {
			t.Fatalf("with %d bytes of memory, on disk: %v", inMemory, stored)
		}
		n, err := model.New(model.DefaultConfig(set.Train.Dim(), 100, 20), 1, e)
		if err != nil {
			t.Fatal(err)
		}
		s := model.DefaultTraining()
		s.Inference.Iterations, s.Optimizer.Rate = 2, 1e-7
		trainer, err := model.NewTrainer(n, set.Train, s, e)
		if err != nil {
			t.Fatal(err)
		}
		trainers = append(trainers, trainer)
	}
	var times [2][]time.Duration
	for i := range 400 {
		for k := range trainers {
			began := time.Now()
			which := (i + k) % 2
			if _, err := trainers[which].Step(); err != nil {
				t.Fatal(err)
			}
			times[which] = append(times[which], time.Since(began))
		}
	}
	for which := range times {
		slices.Sort(times[which])
	}
	if !slices.Equal(trainers[0].Network.Encoders[0].Weights.Data, trainers[1].Network.Encoders[0].Weights.Data) {
		t.Error("from disk it learns other weights than from memory")
	}
	return times[0][len(times[0])/2], times[1][len(times[1])/2]
}

// largeRun trains in a process of its own, which it returns.
func largeRun(t *testing.T, data, out string, flags ...string) *exec.Cmd {
	t.Helper()
	cmd := process(t, append([]string{"train", "--data", data, "--out", out}, flags...)...)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for line := range strings.Lines(string(said)) {
		if strings.HasPrefix(line, "memory:") || strings.HasPrefix(line, out) {
			t.Log(strings.TrimSpace(line))
		}
	}
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// makeLarge writes all pictures to a folder, in ten classes, and links some of them into
// another.
func makeLarge(t *testing.T, all, some string) {
	t.Helper()
	for class := range 10 {
		for _, dir := range []string{all, some} {
			if err := os.MkdirAll(filepath.Join(dir, strconv.Itoa(class)), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	var group sync.WaitGroup
	for w := range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			img, encoder := image.NewRGBA(image.Rect(0, 0, largeSide, largeSide)), png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &oneBuffer{}}
			for i := w; i < largeImages; i += runtime.GOMAXPROCS(0) {
				drawLarge(img, i)
				var b bytes.Buffer
				name := filepath.Join(strconv.Itoa(i%10), fmt.Sprintf("%05d.png", i))
				err := encoder.Encode(&b, img)
				if err == nil {
					err = os.WriteFile(filepath.Join(all, name), b.Bytes(), 0o644)
				}
				if err == nil && i < largeMemory {
					err = os.Link(filepath.Join(all, name), filepath.Join(some, name))
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	size, files := int64(0), 0
	err := filepath.WalkDir(all, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		size, files = size+info.Size(), files+1
		return err
	})
	if err != nil || files != largeImages {
		t.Fatalf("%d files, %v", files, err)
	}
	t.Logf("%d PNG files of %.0f MB", files, float64(size)/1e6)
}

// oneBuffer is a pool for an encoder that no two goroutines use.
type oneBuffer struct{ b *png.EncoderBuffer }

func (p *oneBuffer) Get() *png.EncoderBuffer  { return p.b }
func (p *oneBuffer) Put(b *png.EncoderBuffer) { p.b = b }

// drawLarge draws picture i: a background that changes from corner to corner, a thing in
// front of it, and grain, all of random colours.
func drawLarge(img *image.RGBA, i int) {
	r := rand.New(rand.NewPCG(uint64(i), 64))
	var from, to, thing [3]int
	for k := range 3 {
		from[k], to[k], thing[k] = r.IntN(256), r.IntN(256), r.IntN(256)
	}
	x0, y0, size := r.IntN(largeSide), r.IntN(largeSide), 4+r.IntN(20)
	for y := range largeSide {
		grain := r.Uint64()
		for x := range largeSide {
			var p [3]uint8
			for k := range p {
				v := (from[k]*(2*largeSide-x-y) + to[k]*(x+y)) / (2 * largeSide)
				if (x-x0)*(x-x0)+(y-y0)*(y-y0) < size*size {
					v = thing[k]
				}
				p[k] = uint8(min(max(v+int(grain>>x&1), 0), 255))
			}
			img.SetRGBA(x, y, color.RGBA{p[0], p[1], p[2], 0xff})
		}
	}
}

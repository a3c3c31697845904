package pictures

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/targetprop/targetprop/dataset/reading"
)

var isPicture = reading.Ends(".png", ".jpg", ".jpeg")

// file is a picture of a class.
type file struct {
	path, class string
	size, time  int64

	// What shapeOf finds in the file.
	deep bool // 16 bits a channel
	turn turn
}

// list finds the pictures of each part, in the order of their paths, and says which it passed over.
func list(ctx context.Context, path string) (parts [3][]file, passedOver string, err error) {
	unread := others{ends: map[string]bool{}, read: map[string]bool{}}
	err = walk(ctx, path, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if !isPicture(name) {
			unread.add(name)
			return nil
		}
		unread.read[filepath.Dir(name)] = true
		info, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(path, name)
		if err != nil {
			return err
		}
		folders := strings.Split(filepath.ToSlash(filepath.Dir(rel)), "/")
		part, said := reading.PartOf(folders[0])
		if said {
			folders = folders[1:]
		}
		class := strings.Join(folders, "/")
		if class == "." {
			class = ""
		}
		parts[part] = append(parts[part], file{path: name, class: class, size: info.Size(), time: info.ModTime().UnixNano()})
		return nil
	})
	return parts, unread.String(), err
}

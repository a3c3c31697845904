package pictures

import (
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
}

// root is the folder at path for filepath.WalkDir, which would not enter a link to one.
func root(path string) string { return path + string(filepath.Separator) }

// list finds the pictures of each part, in the order of their paths.
func list(path string) (parts [3][]file, err error) {
	path = root(path)
	err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") && name != path {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() || !isPicture(name) {
			return nil
		}
		rel, err := filepath.Rel(path, name)
		if err != nil {
			return err
		}
		info, err := d.Info()
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
		parts[part] = append(parts[part], file{name, class, info.Size(), info.ModTime().UnixNano()})
		return nil
	})
	return parts, err
}

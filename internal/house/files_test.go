package house

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestFilesUseEachOtherOneWay fails where files of a package use each other in a circle: a
// reader could begin with none of them.
func TestFilesUseEachOtherOneWay(t *testing.T) {
	for _, dir := range modules {
		exports := map[string]string{}
		all := list(t, dir, "-export", "-deps", "./...")
		for _, p := range all {
			exports[p.ImportPath] = p.Export
		}
		for _, p := range all {
			if p.Standard || !strings.HasPrefix(p.ImportPath, module) || strings.HasPrefix(p.path(), "asm") {
				continue
			}
			if circle := circleOf(uses(t, p, exports)); circle != nil {
				t.Errorf("%s: files use each other in a circle:\n\t%s", p.path(), strings.Join(circle, "\n\t"))
			}
		}
	}
}

// circleOf is a circle of uses, in words, or nil.
func circleOf(all []use) []string {
	next := map[string]map[string]string{}
	for _, u := range all {
		if next[u.from] == nil {
			next[u.from] = map[string]string{}
		}
		if old, ok := next[u.from][u.to]; !ok || u.name < old {
			next[u.from][u.to] = u.name
		}
	}
	var path []string
	done := map[string]bool{}
	var visit func(file string) []string
	visit = func(file string) []string {
		if i := slices.Index(path, file); i >= 0 {
			var circle []string
			for j := i; j < len(path); j++ {
				to := append(path, file)[j+1]
				circle = append(circle, fmt.Sprintf("%s uses %s of %s", path[j], next[path[j]][to], to))
			}
			return circle
		}
		if done[file] {
			return nil
		}
		path = append(path, file)
		for _, to := range sortedKeys(next[file]) {
			if circle := visit(to); circle != nil {
				return circle
			}
		}
		path = path[:len(path)-1]
		done[file] = true
		return nil
	}
	for _, file := range sortedKeys(next) {
		if circle := visit(file); circle != nil {
			return circle
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

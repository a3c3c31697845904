package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// source is a file of assembly.
type source struct {
	name   string // asm/f32/tile_avx2_amd64.s
	lines  []string
	suites []string // the packages whose tests must notice a change
}

// mutation is a change of one line.
type mutation struct {
	file     *source
	line     int
	function string // or constants
	operator string
	text     string // the new line; empty drops it
}

func (m mutation) String() string {
	text := m.text
	if text == "" {
		text = "(nothing)"
	}
	return fmt.Sprintf("%s:%d %s, %s: %s -> %s", m.file.name, m.line+1, m.function, m.operator,
		strings.Join(strings.Fields(m.file.lines[m.line]), " "), strings.Join(strings.Fields(text), " "))
}

// constants is the name of the group of a file's DATA lines.
const constants = "constants"

func readSource(root, path string) (*source, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	name, err := filepath.Rel(root, path)
	if err != nil {
		return nil, err
	}
	suites, err := suitesOf(name)
	return &source{name: name, lines: strings.Split(string(text), "\n"), suites: suites}, err
}

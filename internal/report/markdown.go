package report

import (
	"fmt"
	"io"
	"strings"
)

// Markdown writes the document in the dialect of GitHub. Its pictures are the
// files that the figures name.
func (d Document) Markdown(to io.Writer) error {
	w := &writer{}
	w.line("# %s", plain(d.Title))
	if d.Lead != "" {
		w.line("\n**%s**", plain(d.Lead))
	}
	for _, s := range d.Sections {
		w.line("\n## %s", plain(s.Title))
		for _, b := range s.Blocks {
			w.line("")
			b.markdown(w)
		}
	}
	return w.to(to)
}

// plain keeps Markdown from reading signs of its own into text.
var plain = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`).Replace

func (p Paragraph) markdown(w *writer) { w.line("%s", plain(string(p))) }
func (c Code) markdown(w *writer)      { w.line("```\n%s\n```", strings.TrimRight(string(c), "\n")) }

func (b Bullets) markdown(w *writer) {
	for _, item := range b {
		w.line("- %s", plain(item))
	}
}

func (t Table) markdown(w *writer) {
	if t.Caption != "" {
		w.line("%s\n", plain(t.Caption))
	}
	row := func(cells []string) {
		for i := range t.Header {
			cell := ""
			if i < len(cells) {
				cell = cells[i]
			}
			fmt.Fprintf(w, "| %s ", plain(cell))
		}
		w.line("|")
	}
	row(t.Header)
	for i := range t.Header {
		if t.text(i) {
			w.WriteString("|---")
		} else {
			w.WriteString("|--:")
		}
	}
	w.line("|")
	for _, cells := range t.Rows {
		row(cells)
	}
}

func (f Figure) markdown(w *writer) {
	w.line("![%s](%s)\n", plain(f.Caption), f.File)
	if f.Data == "" {
		w.line("%s", plain(f.Caption))
		return
	}
	w.line("%s [Numbers](%s).", plain(f.Caption), f.Data)
}

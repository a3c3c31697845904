package report

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

//go:embed style.css
var style string

// escape makes text safe between tags and in attributes.
func escape(s string) string { return html.EscapeString(s) }

// HTML writes the document as one page that needs nothing besides.
func (d Document) HTML(to io.Writer) error {
	w := &writer{}
	w.line("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
	w.line("<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>%s</h1>", escape(d.Title), style, escape(d.Title))
	if d.Lead != "" {
		w.line(`<p class="lead">%s</p>`, escape(d.Lead))
	}
	w.line("<nav><ul>")
	for _, s := range d.Sections {
		w.line(`<li><a href="#%s">%s</a></li>`, escape(s.ID), escape(s.Title))
	}
	w.line("</ul></nav>")
	for _, s := range d.Sections {
		w.line("<section id=\"%s\">\n<h2>%s</h2>", escape(s.ID), escape(s.Title))
		for _, b := range s.Blocks {
			b.html(w)
		}
		w.line("</section>")
	}
	w.line("</body>\n</html>")
	return w.to(to)
}

func (p Paragraph) html(w *writer) { w.line("<p>%s</p>", escape(string(p))) }
func (c Code) html(w *writer)      { w.line("<pre>%s</pre>", escape(string(c))) }

func (b Bullets) html(w *writer) {
	w.line("<ul>")
	for _, item := range b {
		w.line("<li>%s</li>", escape(item))
	}
	w.line("</ul>")
}

func (t Table) html(w *writer) {
	if len(t.Badges) > 0 {
		w.line(`<div class="wide cards"><table>`)
	} else {
		w.line(`<div class="wide"><table>`)
	}
	if t.Caption != "" {
		w.line("<caption>%s</caption>", escape(t.Caption))
	}
	cells := func(tag string, row []string) string {
		var b strings.Builder
		for i, cell := range row {
			class, content := "", escape(cell)
			if t.text(i) {
				class = ` class="text"`
			}
			if what, more, _ := strings.Cut(cell, ": "); tag == "td" && t.Badges[what] != "" {
				content = fmt.Sprintf(`<span class="badge %s">%s</span> %s`, t.Badges[what], escape(what), escape(more))
			}
			label := ""
			if len(t.Badges) > 0 && tag == "td" && i > 0 {
				label = fmt.Sprintf(` data-label="%s"`, escape(t.Header[i]))
			}
			fmt.Fprintf(&b, "<%s%s%s>%s</%s>", tag, class, label, content, tag)
		}
		return b.String()
	}
	w.line("<thead><tr>%s</tr></thead>\n<tbody>", cells("th", t.Header))
	for i, row := range t.Rows {
		class := ""
		if slices.Contains(t.Marked, i) {
			class = ` class="marked"`
		}
		w.line("<tr%s>%s</tr>", class, cells("td", row))
	}
	w.line("</tbody></table></div>")
}

func (f Figure) html(w *writer) {
	w.line(`<figure><img alt="%s" src="data:image/png;base64,%s">`, escape(f.Caption), base64.StdEncoding.EncodeToString(f.PNG))
	data := ""
	if f.Data != "" {
		data = fmt.Sprintf(` <a href="%s">Numbers</a>.`, escape(f.Data))
	}
	w.line("<figcaption>%s%s</figcaption></figure>", escape(f.Caption), data)
}

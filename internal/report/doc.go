// Package report writes reports: plots as PNG files, and text, tables and
// figures as one self-contained HTML page and as Markdown.
//
// A [Document] is sections of blocks. Both formats say the same; the HTML page
// has its pictures inside and asks nothing of any network.
package report

package report

import (
	"bytes"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"
)

func decode(t *testing.T, b []byte) (width, height int) {
	t.Helper()
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return c.Width, c.Height
}

// TestPanels: numbers that are not finite, flat lines and empty series are
// drawn without a word.
func TestPanels(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	chart := Chart{Title: "a", X: "x (ms)", Y: "y (mV)", Zero: true, Series: []Series{
		{Name: "one", X: []float64{-1, 0, 1, 2}, Y: []float64{1, nan, 2, 3}, Err: []float64{0.1, nan, nan, 0.2}},
		{Name: "two", X: []float64{0, 1}, Y: []float64{inf, nan}, Style: Dashed},
		{Name: "none", Style: Points},
		{X: []float64{0, 1}, Y: []float64{4, 4}, Style: Thin, Colour: 99},
	}}
	flat := Chart{Series: []Series{{X: []float64{0, 1}, Y: []float64{3, 3}, Style: LinePoints}}}
	b, err := Panels(200, 100, []Chart{chart, flat}, []Chart{flat, {LegendLow: true, LegendLeft: true, From: 1, To: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if w, h := decode(t, b); w != 800 || h != 400 {
		t.Errorf("%d x %d dots", w, h)
	}
	if again, _ := Panels(200, 100, []Chart{chart, flat}, []Chart{flat, {LegendLow: true, LegendLeft: true, From: 1, To: 2}}); !bytes.Equal(again, b) {
		t.Error("the same charts make another picture")
	}
	if _, err := Panels(200, 100); err == nil {
		t.Error("no charts and no error")
	}
	if _, err := Panels(200, 100, []Chart{flat}, []Chart{flat, flat}); err == nil {
		t.Error("ragged rows and no error")
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{{0, 20, "0 5 10 15 20"}, {-1, 1, "-1 -0.5 0 0.5 1"}, {0.1, 0.13, "0.1 0.105 0.11 0.115 0.12 0.125 0.13"}, {-60000, -10000, "-60000 -50000 -40000 -30000 -20000 -10000"}} {
		var labels []string
		for _, tick := range (ticks{}).Ticks(c.low, c.high) {
			labels = append(labels, tick.Label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%v to %v: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

// TestDocument: both formats have everything, and no text becomes markup.
func TestDocument(t *testing.T) {
	s := Section{ID: "one", Title: "First <b>"}
	s.Add(Paragraph("a < b & *c*"), Bullets{"x_1", "y|2"}, Code("run --it\n"),
		Table{Caption: "numbers", Header: []string{"a", "b"}, Rows: [][]string{{"<i>", "2|3"}, {"4", "5"}}, Marked: []int{1}, Text: []int{0}},
		Figure{Caption: `say "hello"`, File: "parts/a.png", PNG: []byte("png"), Data: "parts/a.csv"})
	s.Add(Table{Header: []string{"claim", "verdict"}, Rows: [][]string{{"it works", "partly so: on <Mondays>"}}, Text: []int{1}, Badges: map[string]string{"partly so": "partly"}})
	d := Document{Title: "T & U", Lead: "1 of 2 & more", Sections: []Section{s}}
	var page, text strings.Builder
	if err := d.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := d.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<title>T &amp; U</title>", `<section id="one">`, "First &lt;b&gt;", "a &lt; b &amp; *c*", "<li>x_1</li>", "<pre>run --it", "&lt;i&gt;", `<tr class="marked">`,
		"data:image/png;base64,cG5n", "say &#34;hello&#34;", `<a href="parts/a.csv">Numbers</a>`, `href="#one"`,
		`<p class="lead">1 of 2 &amp; more</p>`, `<td class="text" data-label="verdict"><span class="badge partly">partly so</span> on &lt;Mondays&gt;</td>`} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("no %q in\n%s", want, page.String())
		}
	}
	for _, want := range []string{"# T & U\n\n**1 of 2 & more**", "| it works | partly so: on &lt;Mondays> |", "## First &lt;b>", `a &lt; b & \*c\*`, `- x\_1`, `y\|2`, "```\nrun --it\n```", "| a | b |\n|---|--:|\n", `2\|3`, "](parts/a.png)", "[Numbers](parts/a.csv)"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
	for _, bad := range []string{"http", "<script"} {
		if strings.Contains(page.String(), bad) {
			t.Errorf("%q in the page", bad)
		}
	}
}

// TestControlCharacters: names that a document tells of neither move a cursor nor turn text.
func TestControlCharacters(t *testing.T) {
	bad := "a\x1b[2J\x07\r\x7f\u009b\u202eb"
	d := Document{Title: bad, Lead: bad, Sections: []Section{{ID: bad, Title: bad, Blocks: []Block{
		Paragraph(bad), Code(bad), Bullets{bad}, Table{Caption: bad, Header: []string{bad}, Rows: [][]string{{bad}}},
	}}}}
	for _, write := range []func(w io.Writer) error{d.HTML, d.Markdown} {
		var b bytes.Buffer
		if err := write(&b); err != nil || strings.ContainsAny(b.String(), "\x1b\x07\r\x7f\u009b\u202e") || !strings.Contains(b.String(), "[2J") {
			t.Errorf("%v, %q", err, &b)
		}
	}
}

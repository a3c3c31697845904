package report

import (
	"bytes"
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// dotsPerInch makes lines and letters sharp on screens of high resolution too.
const dotsPerInch = 144

// Panels draws charts in rows, each of so many points (1/72 inch), as a PNG
// picture. All rows have the same number of charts.
func Panels(width, height float64, charts ...[]Chart) ([]byte, error) {
	if len(charts) == 0 || len(charts[0]) == 0 {
		return nil, fmt.Errorf("report: no charts")
	}
	plots := make([][]*plot.Plot, len(charts))
	for i, row := range charts {
		if len(row) != len(charts[0]) {
			return nil, fmt.Errorf("report: %d charts in row %d and %d in the first", len(row), i, len(charts[0]))
		}
		for _, c := range row {
			p, err := c.plot()
			if err != nil {
				return nil, err
			}
			plots[i] = append(plots[i], p)
		}
	}
	columns := len(charts[0])
	canvas := vgimg.NewWith(vgimg.UseWH(vg.Length(width)*vg.Length(columns), vg.Length(height)*vg.Length(len(charts))), vgimg.UseDPI(dotsPerInch))
	tiles := draw.Tiles{Rows: len(charts), Cols: columns, PadX: 14, PadY: 12, PadTop: 6, PadBottom: 6, PadLeft: 6, PadRight: 14}
	for i, row := range plot.Align(plots, tiles, draw.New(canvas)) {
		for j, c := range row {
			plots[i][j].Draw(c)
		}
	}
	var b bytes.Buffer
	_, err := vgimg.PngCanvas{Canvas: canvas}.WriteTo(&b)
	return b.Bytes(), err
}

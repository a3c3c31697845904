package output

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/kernels"
)

// pieces keeps what is written, and the longest piece of it.
type pieces struct {
	bytes.Buffer
	longest int
}

func (p *pieces) Write(b []byte) (int, error) {
	p.longest = max(p.longest, len(b))
	return p.Buffer.Write(b)
}

// TestTableInPieces: a table is written as it is made, and not held in memory, where its text takes many times as much
// as the numbers.
func TestTableInPieces(t *testing.T) {
	m := kernels.NewMatrix(1000, 50)
	for i := range m.Rows {
		for j := range m.Cols {
			m.Row(i)[j] = float32(i) / float32(j+1)
		}
	}
	var to pieces
	if err := writeTable(t.Context(), &to, m, data.Shape{Columns: []string{"first"}}); err != nil {
		t.Fatal(err)
	}
	if to.longest > 1<<16 {
		t.Errorf("%d bytes of %d at once", to.longest, to.Len())
	}
	rows, err := csv.NewReader(&to).ReadAll()
	if err != nil || len(rows) != 1001 || len(rows[0]) != 50 || rows[0][0] != "first" || rows[0][49] != "x50" || rows[8][1] != "3.5" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := writeTable(ctx, &to, m, data.Shape{}); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

package kernels

// enough is what callbacks panic with.
const enough = "enough"

// usesOfEngines are of methods of [Engine] that compute nothing with elements.
func usesOfEngines() map[string]use {
	return map[string]use{
		"Split": {args: []any{5, func(int, int) {}}},
		"Each":  {args: []any{5, stopAfter}},
		"Relay": {args: []any{5, 3, func(_, stage, _, _ int) { stopAfter(stage) }}},
		"ISA":   {}, "Threads": {}, "Serial": {},
		"PeakFMA":      {args: []any{3}},
		"PlanGemm":     {args: []any{false, false, float32(1), full(5, 7), full(7, 20), float32(1), full(5, 20)}},
		"PlanGemm64":   {args: []any{false, false, 1., full64(5, 7), full64(7, 20), 1., full64(5, 20)}},
		"PlanAffine":   {args: []any{full(5, 7), fullPacked(8, 20)}},
		"PlanGradient": {args: []any{full(5, 7), fullPacked(5, 20)}},
	}
}

// stopAfter ends a call that would go on for years.
func stopAfter(i int) {
	if i > 100 {
		panic(enough)
	}
}

// usesOfTypes are of functions, and of methods of other types.
func usesOfTypes() map[string]use {
	m, m64, p := full(3, 20), full64(3, 20), fullPacked(4, 20)
	adam := Optimizer{Rule: Adam, Rate: 1, Epsilon: 1}
	return map[string]use{
		"NewMatrix":        {args: []any{3, 4}, call: func(_ *Engine, a []any) { NewMatrix(a[0].(int), a[1].(int)) }},
		"NewMatrix64":      {args: []any{3, 4}, call: func(_ *Engine, a []any) { NewMatrix64(a[0].(int), a[1].(int)) }},
		"NewPacked":        {args: []any{3, 4}, call: func(_ *Engine, a []any) { NewPacked(a[0].(int), a[1].(int)) }},
		"Matrix.Row":       {args: []any{m, 2}, call: func(_ *Engine, a []any) { a[0].(Matrix).Row(a[1].(int)) }},
		"Matrix.Slice":     {args: []any{m, 1, 2}, call: func(_ *Engine, a []any) { a[0].(Matrix).Slice(a[1].(int), a[2].(int)) }},
		"Matrix.Columns":   {args: []any{m, 1, 2}, call: func(_ *Engine, a []any) { a[0].(Matrix).Columns(a[1].(int), a[2].(int)) }},
		"Matrix64.Row":     {args: []any{m64, 2}, call: func(_ *Engine, a []any) { a[0].(Matrix64).Row(a[1].(int)) }},
		"Matrix64.Slice":   {args: []any{m64, 1, 2}, call: func(_ *Engine, a []any) { a[0].(Matrix64).Slice(a[1].(int), a[2].(int)) }},
		"Matrix64.Columns": {args: []any{m64, 1, 2}, call: func(_ *Engine, a []any) { a[0].(Matrix64).Columns(a[1].(int), a[2].(int)) }},
		"Packed.Index":     {args: []any{p, 3, 19}, call: func(_ *Engine, a []any) { a[0].(Packed).Index(a[1].(int), a[2].(int)) }},
		"Packed.Panels":    {args: []any{p}, call: func(_ *Engine, a []any) { a[0].(Packed).Panels() }},
		"Packed.Pack": {args: []any{p, 1, m}, names: []string{"packed matrix|do not fit into", "from row", "unpacked matrix|elements do not fit"}, into: []int{0},
			call: func(_ *Engine, a []any) { a[0].(Packed).Pack(a[1].(int), a[2].(Matrix)) }},
		"Packed.Unpack": {args: []any{p, 1, m}, names: []string{"packed matrix|do not fit into", "from row", "unpacked matrix|elements do not fit"}, into: []int{2},
			call: func(_ *Engine, a []any) { a[0].(Packed).Unpack(a[1].(int), a[2].(Matrix)) }},
		"Packed.PackTransposed": {args: []any{p, 1, full(20, 3)}, names: []string{"packed matrix|does not fit into", "from row", "matrix to pack|elements does not fit"}, into: []int{0},
			call: func(_ *Engine, a []any) { a[0].(Packed).PackTransposed(a[1].(int), a[2].(Matrix)) }},
		"SumLoss":                {args: []any{full(5, Panel)}, call: func(_ *Engine, a []any) { SumLoss(a[0].(Matrix)) }},
		"Optimizer.NewMoments":   {args: []any{adam, 20}, call: func(_ *Engine, a []any) { a[0].(Optimizer).NewMoments(a[1].(int)) }},
		"Optimizer.Validate":     {args: []any{adam}, call: func(_ *Engine, a []any) { _ = a[0].(Optimizer).Validate() }},
		"Activation.String":      {args: []any{Tanh}, call: func(_ *Engine, a []any) { _ = a[0].(Activation).String() }},
		"Activation.MarshalText": {args: []any{Tanh}, call: func(_ *Engine, a []any) { _, _ = a[0].(Activation).MarshalText() }},
		"Rule.String":            {args: []any{Adam}, call: func(_ *Engine, a []any) { _ = a[0].(Rule).String() }},
		"Rule.MarshalText":       {args: []any{Adam}, call: func(_ *Engine, a []any) { _, _ = a[0].(Rule).MarshalText() }},
		"ISA.String":             {args: []any{AVX2}, call: func(_ *Engine, a []any) { _ = a[0].(ISA).String() }},
	}
}

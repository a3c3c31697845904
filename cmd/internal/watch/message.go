package watch

import "fmt"

// Bounds of what an action may be asked for.
const (
	mostImages = 64
	mostRounds = 200
)

// request is what an action is asked. Pixels and bytes are from 0 to 255; a pixel in
// colour is three of them.
type request struct {
	Pixels  []byte    `json:"pixels"`
	Missing []byte    `json:"missing"` // not 0 where a pixel is missing
	To      []byte    `json:"to"`      // another image
	Values  []float32 `json:"values"`  // of the top units
	Seed    uint64    `json:"seed"`
	Count   int       `json:"count"`
	Rounds  int       `json:"rounds"`
	Class   int       `json:"class"` // -1 for any
	Scale   float32   `json:"scale"` // of the prior; 0 for the default
}

// reply is what an action answers. Actions that go on answer several times.
type reply struct {
	Round  int        `json:"round"`
	Count  int        `json:"count"`  // of images
	Pixels []byte     `json:"pixels"` // of them, one after the other
	Values []float32  `json:"values,omitempty"`
	Answer []float32  `json:"answer,omitempty"` // probabilities of the classes
	Model  *described `json:"model,omitempty"`
	Millis float64    `json:"millis"` // that it took so far
}

// described is what a page has to know of a model.
type described struct {
	File       string    `json:"file"` // "model.safetensors" or "checkpoint.safetensors"
	Height     int       `json:"height"`
	Width      int       `json:"width"`
	Channels   int       `json:"channels"` // of a pixel: 3 for colour
	Sizes      []int     `json:"sizes"`
	Classes    int       `json:"classes"`    // 0 if it knows none
	Generative bool      `json:"generative"` // it fills in, walks and has top units
	Samples    bool      `json:"samples"`    // it has a prior
	Mean       []float32 `json:"mean"`       // of the top units
	Std        []float32 `json:"std"`
}

// badRequest is an error that the page is to blame for.
type badRequest struct{ error }

func badf(format string, args ...any) error { return badRequest{fmt.Errorf(format, args...)} }

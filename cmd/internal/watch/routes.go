package watch

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strconv"
)

//go:embed page
var embedded embed.FS

// routes are the page and what it asks for. No path of a request reaches the file
// system: runs and frames have numbers, and the page is in the program.
func routes(r *runs, p *playground) http.Handler {
	page, err := fs.Sub(embedded, "page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(page))
	mux.HandleFunc("GET /api/runs", func(w http.ResponseWriter, _ *http.Request) { answer(w, r.all()) })
	of := func(do func(w http.ResponseWriter, req *http.Request, f *folder)) http.HandlerFunc {
		return func(w http.ResponseWriter, req *http.Request) {
			if f := r.at(req.PathValue("run")); f != nil {
				do(w, req, f)
				return
			}
			http.Error(w, "no such run", http.StatusNotFound)
		}
	}
	mux.HandleFunc("GET /api/runs/{run}", of(func(w http.ResponseWriter, _ *http.Request, f *folder) { answer(w, f.about()) }))
	mux.HandleFunc("GET /api/runs/{run}/frames/{epoch}", of(func(w http.ResponseWriter, req *http.Request, f *folder) {
		epoch, err := strconv.Atoi(req.PathValue("epoch"))
		if err != nil || epoch < 0 {
			http.Error(w, "no such epoch", http.StatusNotFound)
			return
		}
		frame, err := f.dir.Frames().Read(epoch)
		if err != nil {
			http.Error(w, "there is no frame of that epoch, or no longer", http.StatusNotFound)
			return
		}
		answer(w, frame)
	}))
	for name, act := range actions {
		mux.HandleFunc("POST /api/runs/{run}/"+name, of(func(w http.ResponseWriter, req *http.Request, f *folder) { p.serve(w, req, f, act) }))
	}
	return mux
}

// answer writes v as JSON.
func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	// A client that has gone is nobody's concern.
	_ = json.NewEncoder(w).Encode(v)
}

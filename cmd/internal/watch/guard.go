package watch

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// policy lets the page load what this server has, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guard lets through requests with the token in front of their path, which it takes
// off. It refuses those that another page could have a browser make: to a name that
// leads here by a trick of the DNS, or from an origin elsewhere.
func guard(token string, loopback bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !knownHost(r.Host, loopback) {
			http.Error(w, "this page has no such host", http.StatusForbidden)
			return
		}
		if !sameOrigin(r) {
			http.Error(w, "this page answers no other pages", http.StatusForbidden)
			return
		}
		given, rest, slash := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if !slash || subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1 {
			http.Error(w, "not found: the address that was printed has a token in it", http.StatusNotFound)
			return
		}
		inside := r.Clone(r.Context())
		inside.URL = &url.URL{Path: "/" + rest}
		next.ServeHTTP(w, inside)
	})
}

// knownHost tells whether a Host header is one of this server's. A number can not
// be made to lead here by the DNS; the names are the loopback's and, if others are
// served, this machine's.
func knownHost(header string, loopback bool) bool {
	host := header
	if h, _, err := net.SplitHostPort(header); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback() || !loopback
	}
	if loopback {
		return false
	}
	own, err := os.Hostname()
	return err == nil && own != "" && strings.EqualFold(host, own)
}

// sameOrigin tells whether a request comes from this page or from an address that
// somebody typed.
func sameOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && u.Host == r.Host
}

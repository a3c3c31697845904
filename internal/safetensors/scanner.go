package safetensors

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// scanner walks JSON token by token. Unmarshalling into a map would be shorter,
// but would let the last of several equal keys win in silence.
type scanner struct{ dec *json.Decoder }

func newScanner(b []byte) *scanner {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber() // a float64 would round large offsets
	return &scanner{dec}
}

// object reads an object. It calls value for each key, to read the value.
func (s *scanner) object(value func(key string) error) error {
	if err := s.open('{', "an object"); err != nil {
		return err
	}
	seen := map[string]bool{}
	for s.dec.More() {
		key, err := s.text()
		if err != nil {
			return err
		}
		if seen[key] {
			return fmt.Errorf("%s comes twice", quote(key))
		}
		seen[key] = true
		if err := value(key); err != nil {
			return err
		}
	}
	_, err := s.dec.Token() // the closing brace
	return err
}

// text reads a string.
func (s *scanner) text() (string, error) {
	tok, err := s.dec.Token()
	if err != nil {
		return "", err
	}
	text, ok := tok.(string)
	if !ok {
		return "", unexpected(tok, "a string")
	}
	return text, nil
}

// integers reads a list of at most that many whole numbers that are not negative.
func (s *scanner) integers(most int) ([]int64, error) {
	if err := s.open('[', "a list of whole numbers"); err != nil {
		return nil, err
	}
	var list []int64
	for s.dec.More() {
		tok, err := s.dec.Token()
		if err != nil {
			return nil, err
		}
		number, ok := tok.(json.Number)
		if !ok {
			return nil, unexpected(tok, "a whole number")
		}
		if len(list) == most {
			return nil, fmt.Errorf("has more than %d numbers", most)
		}
		v, err := parseInteger(number.String())
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := s.dec.Token() // the closing bracket
	return list, err
}

// open reads the beginning of an object or a list.
func (s *scanner) open(delim json.Delim, want string) error {
	tok, err := s.dec.Token()
	if err != nil {
		return err
	}
	if tok != delim {
		return unexpected(tok, want)
	}
	return nil
}

// parseInteger takes digits only: the reference implementation refuses 1.0,
// 1e3 and -0 as well.
func parseInteger(digits string) (int64, error) {
	if strings.HasPrefix(digits, "-") {
		return 0, fmt.Errorf("%s is negative", quote(digits))
	}
	if strings.ContainsAny(digits, ".eE") {
		return 0, fmt.Errorf("%s is not a whole number", quote(digits))
	}
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s is %w", quote(digits), errTooLarge)
	}
	return v, nil
}

// unexpected is the error for a value of the wrong kind.
func unexpected(tok json.Token, want string) error {
	found := "a value of another kind"
	switch v := tok.(type) {
	case nil:
		found = "null"
	case string:
		found = quote(v)
	case json.Number:
		found = quote(v.String())
	case bool:
		found = strconv.FormatBool(v)
	case json.Delim:
		found = map[json.Delim]string{'{': "an object", '[': "a list"}[v]
	}
	return fmt.Errorf("found %s, want %s", found, want)
}

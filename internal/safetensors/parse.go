package safetensors

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// parseHeader reads the JSON header. The entries come in the header's order,
// and are not yet checked against each other or the data.
func parseHeader(header []byte) (metadata map[string]string, entries []entry, err error) {
	if !utf8.Valid(header) { // encoding/json would replace the bytes in silence
		return nil, nil, errors.New("the header is not valid UTF-8")
	}
	// The syntax first, so that the rest only meets the wrong kinds of values.
	if err := json.Unmarshal(header, &struct{}{}); err != nil {
		return nil, nil, jsonError(err)
	}
	s := newScanner(header)
	err = s.object(func(name string) (err error) {
		if name == metadataKey {
			metadata, err = parseMetadata(s)
			return err
		}
		e, err := parseEntry(s, name)
		if err != nil {
			return fmt.Errorf("tensor %s: %w", quote(name), err)
		}
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("header: %w", err)
	}
	return metadata, entries, nil
}

// jsonError adds the place of a syntax error, as an offset in the file.
func jsonError(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("the header is not valid JSON: %w at byte %d", err, lengthSize+syntax.Offset)
	}
	return fmt.Errorf("the header is not valid JSON: %w", err)
}

// parseMetadata reads the free text; an empty map is nil, as if there were none.
func parseMetadata(s *scanner) (map[string]string, error) {
	var metadata map[string]string
	err := s.object(func(key string) error {
		value, err := s.text()
		if err != nil {
			return fmt.Errorf("%s: %w", quote(key), err)
		}
		if metadata == nil {
			metadata = map[string]string{}
		}
		metadata[key] = value
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", metadataKey, err)
	}
	return metadata, nil
}

// parseEntry reads the three fields of a tensor, in any order.
func parseEntry(s *scanner, name string) (entry, error) {
	e := entry{name: name}
	missing := map[string]bool{"dtype": true, "shape": true, "data_offsets": true}
	err := s.object(func(field string) (err error) {
		switch field {
		case "dtype":
			e.dtype, err = s.text()
		case "shape":
			e.shape, err = parseShape(s)
		case "data_offsets":
			e.begin, e.end, err = parseOffsets(s)
		default:
			return fmt.Errorf("unknown field %s", quote(field))
		}
		delete(missing, field)
		if err != nil {
			return fmt.Errorf("%s: %w", field, err)
		}
		return nil
	})
	for _, field := range []string{"dtype", "shape", "data_offsets"} {
		if err == nil && missing[field] {
			err = fmt.Errorf("no %s", field)
		}
	}
	return e, err
}

func parseShape(s *scanner) ([]int, error) {
	list, err := s.integers(maxRank)
	if err != nil {
		return nil, err
	}
	shape := make([]int, len(list))
	for i, v := range list {
		if int64(int(v)) != v { // an int may have 32 bits
			return nil, fmt.Errorf("%d is %w", v, errTooLarge)
		}
		shape[i] = int(v)
	}
	return shape, nil
}

func parseOffsets(s *scanner) (begin, end int64, err error) {
	list, err := s.integers(2)
	if err == nil && len(list) != 2 {
		err = fmt.Errorf("has %d numbers, want 2", len(list))
	}
	if err != nil {
		return 0, 0, err
	}
	return list[0], list[1], nil
}

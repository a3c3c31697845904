package tensors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Decode reads JSON that this program wrote into the value that into points to. Unlike
// json.Unmarshal it refuses keys that the value has not, keys that are missing, and null where
// there is a value: each would leave a setting at zero in silence.
func Decode(text string, into any) error {
	if text == "" {
		return errors.New("is missing")
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows after the JSON")
	}
	again, err := json.Marshal(into)
	if err != nil {
		return err
	}
	return sameKeys([]byte(text), again)
}

// sameKeys fails unless the objects of JSON that was read have all keys of that which was
// written, in the same letters, and values where that has some.
func sameKeys(read, written []byte) error {
	const null = "null"
	if string(bytes.TrimSpace(read)) == null && string(written) != null {
		return errors.New("is null")
	}
	var elements, wanted []json.RawMessage
	if json.Unmarshal(written, &wanted) == nil && json.Unmarshal(read, &elements) == nil {
		for i := range min(len(elements), len(wanted)) {
			if err := sameKeys(elements[i], wanted[i]); err != nil {
				return fmt.Errorf("%d: %w", i, err)
			}
		}
		return nil
	}
	var want map[string]json.RawMessage
	if json.Unmarshal(written, &want) != nil {
		return nil // no object
	}
	var got map[string]json.RawMessage
	if err := json.Unmarshal(read, &got); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		value, ok := got[key]
		if !ok {
			return fmt.Errorf("no %q", key)
		}
		if err := sameKeys(value, want[key]); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

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
// json.Unmarshal it refuses keys that the value has not, and keys that are missing: either
// would leave a setting at zero in silence.
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
// written, in the same letters.
func sameKeys(read, written []byte) error {
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

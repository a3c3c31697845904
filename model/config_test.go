package model

import (
	"strings"
	"testing"
)

// TestConfigActivations: an activation that is none is named before a network is made.
func TestConfigActivations(t *testing.T) {
	for want, change := range map[string]func(c *Config){
		"encoder 2 has the unknown activation Activation(9)":   func(c *Config) { c.Encoders[1] = 9 },
		"decoder 1 has the unknown activation Activation(255)": func(c *Config) { c.Decoders[0] = 255 },
	} {
		c := DefaultConfig(5, 4, 3)
		if err := c.Validate(); err != nil {
			t.Fatal(err)
		}
		change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Validate says %v, want %q", err, want)
		}
	}
}

package safetensors

import "fmt"

// quote makes text from a file fit for one line of an error message.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		return fmt.Sprintf("%q...", s[:most])
	}
	return fmt.Sprintf("%q", s)
}

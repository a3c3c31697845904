// Package cases is the form of what the benchmark measures: sections of cases,
// each with the rows that it fills and the candidates that do their work.
package cases

//go:build !purego

package main

// pureGo tells that the binary has no assembly.
const pureGo = false

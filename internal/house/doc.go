// Package house holds the tests of the project's order: which package may use which,
// that the files of a package use each other one way, and how large they may be.
package house

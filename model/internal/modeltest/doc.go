// Package modeltest is what the tests of the model and of the packages beside it
// share: small data sets, small networks, and the method in float64, written
// down from its definition with loops as plain as can be.
package modeltest

// Package linalg is the linear algebra that the method needs beside kernels.
package linalg

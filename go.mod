module github.com/targetprop/targetprop

go 1.25.0

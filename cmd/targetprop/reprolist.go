package main

import (
	"fmt"

	"github.com/targetprop/targetprop/model/stdp"
)

// allParts lists what the report is made of, whether it was asked for or not.
func (r *reproduction) allParts() []part {
	parts := []part{
		r.partFigure1(), r.partAlgorithm1(),
		r.partFigure3(), r.partFigure4(), r.partFigure5(), r.partAgreement(), r.partChains(), r.partClassifier(),
	}
	for i := range r.seeds {
		parts = append(parts, r.tableParts(i)...)
	}
	return parts
}

// make again: the command of a part that has none of its own.
func (r *reproduction) partCommand(group string) string { return r.again([]string{group}) }

// partFigure1 simulates STDP.
func (r *reproduction) partFigure1() part {
	s := stdp.Default()
	s.Seed = r.options.training.Seed
	return part{
		name: "figure1", group: groupFigure1, seed: noModel, settings: s, work: 300,
		command: commandLine("stdp", "--seed", fmt.Sprint(s.Seed)),
		run:     r.runFigure1(s),
	}
}

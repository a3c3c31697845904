// Package paper is the paper's experiments: one file each, and one table of
// them.
package paper

import (
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/paper/labels"
	"github.com/targetprop/targetprop/cmd/internal/paper/table"
)

// Experiments are all of them, in the order of the report.
var Experiments = []experiment.Experiment{
	{Name: "figure1", Needs: experiment.NoNetwork, Rule: true, Parts: figure1Parts, Section: figure1Section, Claims: claims(figure1Claim)},
	{Name: "figure3", Needs: experiment.FirstNetwork, Parts: figure3Parts, Section: figure3Section},
	{Name: "figure4", Needs: experiment.FirstNetwork, Parts: figure4Parts, Section: figure4Section, Claims: claims(figure4Claim)},
	{Name: "figure5", Needs: experiment.FirstNetwork, Parts: figure5Parts, Section: figure5Section, Claims: claims(figure5Claim)},
	{Name: "agreement", Needs: experiment.FirstNetwork, Rule: true, Parts: agreementParts, Section: agreementSection, Claims: claims(agreementClaim), Watch: watchAgreement},
	{Name: "chains", Needs: experiment.FirstNetwork, Parts: chainsParts, Section: chainsSection},
	{Name: "table", Needs: experiment.EveryNetwork, Parts: table.Parts, Section: table.Section, Claims: table.Claims},
	{Name: "classifier", Needs: experiment.FirstNetwork, Parts: classifierParts, Section: classifierSection},
	{Name: "algorithm1", Needs: experiment.NoNetwork, Parts: algorithm1Parts, Section: algorithm1Section, Claims: claims(algorithm1Claim)},
	{Name: "labels", Needs: experiment.NoNetwork, Alone: true, Parts: labels.Parts, Section: labels.Section},
}

// Claims are what judges all claims, in the order of the report: those of the
// learning rule first.
func Claims() []experiment.Judge {
	var ofRule, others []experiment.Judge
	for _, x := range Experiments {
		if x.Rule {
			ofRule = append(ofRule, x.Claims...)
		} else {
			others = append(others, x.Claims...)
		}
	}
	return append(ofRule, others...)
}

// Names are those of all experiments.
func Names() []string {
	var names []string
	for _, x := range Experiments {
		names = append(names, x.Name)
	}
	return names
}

// Alone are the names of those that one process makes.
func Alone() []string {
	var names []string
	for _, x := range Experiments {
		if x.Alone {
			names = append(names, x.Name)
		}
	}
	return names
}

// claims is short for a slice.
func claims(judges ...experiment.Judge) []experiment.Judge { return judges }

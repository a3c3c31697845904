package modelfile

import (
	"github.com/targetprop/targetprop/model/credit"
)

// Feedforward is a network from images to classes, or to their rewards.
type Feedforward struct {
	credit.File
	Origin
}

// Any is a model of whatever task. One of the three is not nil.
type Any struct {
	Origin
	Task        string
	Notes       map[string]string
	Images      *Model
	Labelled    *Labelled
	Feedforward *Feedforward
}

// LoadAny reads a model, as Load does.
func LoadAny(path string) (Any, error) {
	task, err := TaskOf(path)
	if err != nil {
		return Any{}, explain(fileOf(path), err, Generate)
	}
	switch task {
	case Generate:
		m, err := Load(path)
		return Any{Origin: m.Origin, Task: task, Notes: m.Notes, Images: &m}, err
	case Label:
		m, err := LoadLabelled(path)
		return Any{Origin: m.Origin, Task: task, Notes: m.Notes, Labelled: &m}, err
	}
	m, err := loadFeedforward(path)
	return Any{Origin: m.Origin, Task: task, Notes: m.Notes, Feedforward: &m}, err
}

// loadFeedforward reads a model of one of the tasks of feed-forward networks.
func loadFeedforward(path string) (Feedforward, error) {
	path = fileOf(path)
	f, err := credit.Load(path)
	if err != nil {
		return Feedforward{}, err
	}
	return Feedforward{f, Origin{path, f.Notes, f.Network.Config.Inputs()}}, nil
}

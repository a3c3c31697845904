// Command train trains a generative model on data of its own, with nothing from a disk:
// it learns rings of light of any centre, and draws some that it made up.
package main

import (
	"context"
	"fmt"
	"log"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

const side = 8

// rings are images of side x side pixels from 0 to 1, in rows. Any type with these methods
// is data.
type rings struct{}

func (rings) Len() int { return 500 }
func (rings) Dim() int { return side * side }
func (rings) Read(i int, x []float32) {
	cx, cy := 2+float64(i%23)/23*4, 2+float64(i%29)/29*4
	for j := range x {
		dx, dy := float64(j%side)-cx, float64(j/side)-cy
		r := math.Sqrt(float64(dx*dx)+float64(dy*dy)) - 2 // from the ring
		x[j] = float32(1 / (1 + float64(float64(r*r)*r*r)))
	}
}

func main() {
	e, ctx := kernels.Default(), context.Background()
	network, err := model.New(model.DefaultConfig(side*side, 60, 12), 1, e)
	if err != nil {
		log.Fatal(err)
	}
	settings := model.DefaultTraining()
	settings.Epochs, settings.Optimizer.Rate = 150, 3e-4
	err = network.Train(ctx, e, rings{}, settings, func(epoch int, losses []float64) bool {
		if epoch%50 == 0 {
			fmt.Printf("epoch %d: the decoder g1 is off by %.1f\n", epoch, losses[1])
		}
		return true
	})
	if err != nil {
		log.Fatal(err)
	}
	sampling := model.DefaultSampling()
	sampling.PriorScale = 2
	samples, err := network.Generate(ctx, e, 5, sampling, nil)
	if err != nil {
		log.Fatal(err)
	}
	for y := range side {
		for i := range samples.Rows {
			for x := range side {
				fmt.Print(string(" .:*#"[int(samples.Row(i)[y*side+x]*4.99)]))
			}
			fmt.Print("|")
		}
		fmt.Println()
	}
	// Output:
	// epoch 50: the decoder g1 is off by 0.5
	// epoch 100: the decoder g1 is off by 0.5
	// epoch 150: the decoder g1 is off by 0.6
	//     ... |   .:.  |        |        |    ... |
	//    :###:|  :###*.|  .::.  |  .:*:. |   :##*.|
	//   .##*##| .##**#:| .*##*: | .*###*.|  :##*#*|
	//   :#*.*#| .#*.*#*| :#****.| :#*:*#:|  *#::*#|
	//   :*#*##| .##*##:| *#::**.| :#*.*#:|  :#**##|
	//    :###*|  :*##*.| :#**#*.| .*#*#*.|  .*###:|
	//    .:*: |   .::. | .*##*: |  :***: |   .:*: |
	//         |        |  .::.  |   ...  |        |
}

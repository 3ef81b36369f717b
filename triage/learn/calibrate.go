package learn

// A calibration finds the slope and the offset of each label that make probabilities of scores: softmax of
// slope * score + offset, fitted to docs that the scores were not learned from by the least log loss (matrix scaling
// with one slope, Guo et al., On Calibration of Modern Neural Networks, 2017). It takes out what the weights of labels
// did to the probabilities, and the confidence that comes of having learned by heart.
type calibration struct {
	labels int
	scores []float64 // of all docs, labels numbers each
	right  []int
}

// add keeps the scores of one doc and the label it has.
func (k *calibration) add(scores []float64, label int) {
	k.scores = append(k.scores, scores...)
	k.right = append(k.right, label)
}

const (
	rounds   = 60  // of slope and offsets in turn; more change nothing in the third digit
	prior    = 1.0 // docs that the slope 1 and the offsets 0 count as
	flattest = 0.05
	steepest = 20.0
)

// solve goes down the loss by Newton's steps, the slope and the offsets in turn.
func (k *calibration) solve() (slope float64, offsets []float64) {
	slope, offsets = 1, make([]float64, k.labels)
	if len(k.right) == 0 {
		return slope, offsets
	}
	p := make([]float64, k.labels)
	down, bend := make([]float64, k.labels), make([]float64, k.labels)
	for round := range rounds {
		along, curve := prior*(slope-1), prior
		for c := range offsets {
			down[c], bend[c] = float64(prior*offsets[c]), prior
		}
		for i, label := range k.right {
			scores := k.scores[i*k.labels:][:k.labels]
			for c, z := range scores {
				p[c] = float64(slope*z) + offsets[c]
			}
			softmax(p)
			mean, square := 0.0, 0.0
			for c, z := range scores {
				mean += float64(p[c] * z)
				square += float64(p[c] * float64(z*z))
				down[c] += p[c]
				bend[c] += float64(p[c] * (1 - p[c]))
			}
			down[label]--
			along += mean - scores[label]
			curve += square - float64(mean*mean)
		}
		if round%2 == 0 {
			slope = min(max(slope-along/curve, flattest), steepest)
			continue
		}
		for c := range offsets {
			offsets[c] -= float64(down[c] / bend[c] / 2) // half: the offsets of two labels move the same border
		}
	}
	return slope, offsets
}

// Package strategy says how a brand speaks of a matter: what every text about it holds, whether it may deny, make less of
// it or make good, and how far it says sorry.
//
// Say what the situation is, and ask:
//
//	advice, err := strategy.Choose(strategy.Situation{Cluster: strategy.Accidental, Verified: true})
//	// advice.Strategy, what the text holds (advice.Holds), what it never does (advice.Never), and why
//	err = strategy.Switch(usedBefore, advice.Strategy, retracted) // nobody denies and then makes good
//	apology, err := strategy.Apologise(strategy.Responsibility{Whose: strategy.Ours, Confirmed: c})
//	scene.FaultConfirmed = apology.Admits()
//
// The clusters and strategies are those of situational crisis communication theory (Coombs 2007): the more the public
// holds somebody responsible, the more he accommodates. As long as nothing is verified there is the base alone: what to
// do, concern, the next update, where to look.
package strategy

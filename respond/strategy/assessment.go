package strategy

import (
	"time"

	"github.com/reputekit/reputation/respond/event"
)

// An Assessment is a member's word on what the situation is, with how the matter is to be spoken of.
type Assessment struct {
	Said    event.Assessed `json:"said"`
	By      string         `json:"by"` // who says so, and confirms what is confirmed
	At      time.Time      `json:"at"`
	Advice  Advice         `json:"advice"`
	Apology Apology        `json:"apology"`
}

// Assess says how a matter is to be spoken of, by what a member says of it. The error says what is missing, or not known.
func Assess(said event.Assessed, by string, at time.Time) (Assessment, error) {
	advice, err := Choose(Situation{
		Cluster: Cluster(said.Cluster), Verified: said.Verified, History: said.History, False: said.False, Unwarranted: said.Unwarranted,
	})
	if err != nil {
		return Assessment{}, err
	}
	apology, err := Apologise(Responsibility{
		Whose: Whose(said.Whose), Part: said.Part, Confirmed: Confirmed{By: by, At: at, Evidence: said.Evidence},
	})
	if err != nil {
		return Assessment{}, err
	}
	return Assessment{Said: said, By: by, At: at, Advice: advice, Apology: apology}, nil
}

// Admits reports whether somebody confirmed that the fault is ours. Of no assessment it is false.
func (a *Assessment) Admits() bool { return a != nil && a.Apology.Admits() }

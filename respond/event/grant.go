package event

// Granted says that a goodwill was paid, or a remedy that the customer accepted.
type Granted struct {
	Key       string `json:"key"`                 // of the Grant that asked
	Reference string `json:"reference,omitempty"` // the payer's: "voucher 2026-118"
}

// Denied says that it was certainly not paid, and will not be. What may have been paid is Uncertain.
type Denied struct {
	Key    string `json:"key"`
	Detail string `json:"detail,omitempty"` // for a person
}

func (Granted) kind() string { return "granted" }

func (Denied) kind() string { return "denied" }

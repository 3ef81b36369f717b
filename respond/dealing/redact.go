package dealing

// Redact is the dealings without anything of the customer and without words: which promises there were and what became of
// them, what was spent, when he was written to unasked, and until when the case is put aside.
func Redact(d Dealings) Dealings {
	out := Dealings{
		Spends: d.Spends, Surveyed: d.Surveyed, Invited: d.Invited, Gave: d.Gave, Mended: d.Mended, TakenUp: d.TakenUp, Had: d.Had,
	}
	for _, p := range d.Promises {
		p.What = ""
		out.Promises = append(out.Promises, p)
	}
	if z := d.Snooze; z != nil {
		out.Snooze = &Snooze{By: z.By, Since: z.Since, Until: z.Until}
	}
	return out
}

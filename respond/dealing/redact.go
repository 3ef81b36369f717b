package dealing

// Redact is the dealings without anything of the customer and without words: which promises there were and what became of
// them, what was spent, when he was written to unasked, and until when the case is put aside.
func Redact(d Dealings) Dealings {
	out := Dealings{
		Spends: d.Spends, Surveyed: d.Surveyed, Invited: d.Invited, Gave: d.Gave, Mended: d.Mended, TakenUp: d.TakenUp, Had: d.Had,
	}
	out.Promises = Wordless(d.Promises)
	if z := d.Snooze; z != nil {
		out.Snooze = &Snooze{By: z.By, Since: z.Since, Until: z.Until}
	}
	return out
}

// Wordless are promises without what was promised.
func Wordless(promises []Promise) (out []Promise) {
	for _, p := range promises {
		p.What, p.From = "", ""
		out = append(out, p)
	}
	return out
}

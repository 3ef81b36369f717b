package respondtest

// twins are one person on two roads, for a while.
func (g *generator) twins() {
	g.line("received from=nils private text=%q", one(g, g.texts))
	g.line("merged from=nils on=dana by=%s", g.member())
	if g.rng.IntN(2) == 0 {
		g.line("split from=nils on=dana by=%s", g.member())
	}
}

// family are three who are taken for one, in any order, and parted in any other, with much on every side before, between
// and behind.
func (g *generator) family() {
	who := []string{"dana", "nils", "olga"}
	g.rng.Shuffle(len(who), func(i, k int) { who[i], who[k] = who[k], who[i] })
	for _, name := range who {
		g.line("received from=%s%s text=%q", name, one(g, []string{"", " private"}), one(g, g.texts))
		g.sometimes(name)
	}
	into := one(g, []string{who[0], who[1]})
	g.line("merged from=%s on=%s by=%s", who[1], who[0], g.member())
	g.sometimes(who[0])
	g.line("merged from=%s on=%s by=%s", who[2], into, g.member())
	g.sometimes(into)
	if g.rng.IntN(8) == 0 {
		g.line("erasure_asked on=%s by=%s", one(g, who), g.member())
		g.line("erased on=%s by=%s", one(g, who), g.member())
	}
	for _, i := range g.rng.Perm(2) {
		if g.rng.IntN(4) > 0 {
			g.line("split from=%s on=%s by=%s", who[i+1], one(g, []string{who[0], who[0], into}), g.member())
			g.sometimes(who[i+1])
		}
	}
}

// sometimes is a little of anything, about one of them.
func (g *generator) sometimes(name string) {
	for range g.rng.IntN(3) {
		switch g.rng.IntN(7) {
		case 0:
			g.line("received from=%s%s text=%q", name, one(g, []string{"", " private"}), one(g, g.texts))
		case 1:
			g.answer()
		case 2:
			g.means()
		case 3:
			g.remedy()
		case 4:
			g.line("elapsed")
		default:
			g.anything()
		}
	}
}

// people are who may be taken for one another.
func (g *generator) people() []string { return []string{"dana", "nils", "olga"} }

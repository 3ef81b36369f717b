package template

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/Masterminds/sprig/v3"
)

// borrowed are the functions of sprig that a template may use: they give the same answer everywhere, cut no character in
// two and hide nothing that is missing.
var borrowed = strings.Fields(`
	trim trimAll trimPrefix trimSuffix upper lower replace contains hasPrefix hasSuffix join splitList
	default coalesce ternary empty all any fail list rest initial has without compact uniq`)

// native are the functions of text/template that a template may use.
var native = strings.Fields("and or not eq ne lt le gt ge len")

// own are ours.
var own = strings.Fields("clock day money plural cut words")

// refusals are all other functions, by the reason. A test fails when sprig brings a name that is on no list.
var refusals = []struct{ why, names string }{
	{"it reads the clock or the machine's zone: give the time as a slot and use clock or day", `
		now ago date date_in_zone date_modify dateInZone dateModify htmlDate htmlDateInZone must_date_modify
		mustDateModify mustToDate toDate duration durationRound unixEpoch`},
	{"it answers differently each time", `
		randAlphaNum randAlpha randAscii randNumeric randBytes randInt shuffle uuidv4 bcrypt htpasswd encryptAES
		genPrivateKey genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert
		genSignedCertWithKey buildCustomCert`},
	{"it asks the machine it runs on", `
		env expandenv getHostByName osBase osClean osDir osExt osIsAbs`},
	{"it cuts by bytes and breaks characters: use cut", `
		substr abbrev abbrevboth trunc initials slice wrap wrapWith`},
	{"it changes its argument or hides what is missing: use default", `
		set unset merge mergeOverwrite mustMerge mustMergeOverwrite get toString toStrings pluck dig hasKey`},
	{"it gives the map's own order", `
		keys values pick omit dict`},
	{"it has no bound, and a text has", `
		repeat until untilStep seq chunk mustChunk`},
	{"it guesses at spelling: write names as they are spelled", `
		title untitle swapcase snakecase camelcase kebabcase nospace`},
	{"it writes values as programs do, not as people do", `
		printf print println cat quote squote toJson toPrettyJson toRawJson mustToJson mustToPrettyJson
		mustToRawJson typeOf kindOf`},
	{"it escapes for another kind of text", `
		html js urlquery b64enc b64dec b32enc b32dec urlParse urlJoin regexQuoteMeta indent nindent`},
	{"it takes what is not there for nothing: name the slot or use range", `
		index first last mustFirst mustLast call`},
	{"it is another spelling of a function that is allowed", `
		trimall tuple mustRest mustInitial mustHas mustWithout mustCompact mustUniq`},
	{"a text computes nothing: give the finished value as a slot", `
		hello atoi int64 int float64 toDecimal add1 add sub div mod mul add1f addf subf divf mulf max min maxf minf
		biggest ceil floor round sortAlpha reverse mustReverse append push mustAppend mustPush prepend mustPrepend
		concat mustSlice split splitn fromJson mustFromJson deepCopy mustDeepCopy typeIs typeIsLike kindIs deepEqual
		base dir clean ext isAbs sha1sum sha256sum sha512sum adler32sum derivePassword decryptAES semver
		semverCompare regexMatch mustRegexMatch regexFindAll mustRegexFindAll regexFind mustRegexFind
		regexReplaceAll mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit
		mustRegexSplit`},
}

// refusedBecause is refusals, by function.
var refusedBecause = byFunction()

func byFunction() map[string]string {
	out := map[string]string{}
	for _, r := range refusals {
		for _, name := range strings.Fields(r.names) {
			out[name] = r.why
		}
	}
	return out
}

// functions are what texts of one language may call.
func functions(say voice) template.FuncMap {
	from := sprig.GenericFuncMap()
	funcs := template.FuncMap{
		"clock": say.clock, "day": say.day, "money": say.money, "plural": say.plural, "words": words, "cut": cut,
	}
	for _, name := range borrowed {
		funcs[name] = from[name]
	}
	// Those of sprig that panic have twins that give errors.
	for _, name := range strings.Fields("rest initial has without compact uniq") {
		funcs[name] = from["must"+strings.ToUpper(name[:1])+name[1:]]
	}
	funcs["replace"], funcs["join"], funcs["splitList"] = replace, join, splitList
	return funcs
}

var errTooLong = errors.New("the text becomes too long")

// replace is sprig's, within bounds.
func replace(old, with, s string) (string, error) {
	if n := strings.Count(s, old); len(s)+n*max(0, len(with)-len(old)) > mostText {
		return "", errTooLong
	}
	return strings.ReplaceAll(s, old, with), nil
}

// join is sprig's for values as they can be in a template, within bounds.
func join(sep string, list any) (string, error) {
	items, err := said(list)
	if err != nil {
		return "", err
	}
	total := len(sep) * len(items)
	for _, s := range items {
		total += len(s)
	}
	if total > mostText {
		return "", errTooLong
	}
	return strings.Join(items, sep), nil
}

// splitList is sprig's, within bounds.
func splitList(sep, s string) ([]string, error) {
	parts := strings.SplitN(s, sep, mostItems+1)
	if len(parts) > mostItems {
		return nil, fmt.Errorf("more than %d parts", mostItems)
	}
	return parts, nil
}

// overLists are functions that take a list; keepsList those that give back some of it.
var (
	overLists = strings.Fields("join words rest initial has without compact uniq empty all any len default coalesce " +
		"ternary and or not")
	keepsList = strings.Fields("rest initial without compact uniq")
	choosing  = strings.Fields("default coalesce ternary and or plural")
	deciding  = strings.Fields("contains hasPrefix hasSuffix empty all any has not eq ne lt le gt ge len")
)

// function checks one call, and gives what it stands for.
func (w *walker) function(id *parse.IdentifierNode, args []dot) dot {
	name := id.Ident
	known := slices.Contains(borrowed, name) || slices.Contains(native, name) || slices.Contains(own, name)
	if why := refusedBecause[name]; why != "" {
		w.problem(id, "function %s is refused: %s", name, why)
	} else if !known {
		w.problem(id, "unknown function %s", name)
	}
	for _, a := range args {
		w.argument(id, a)
	}
	d := dot{computed: true, longest: longestOf(name, args), many: w.givesList(name, args)}
	if slices.Contains(keepsList, name) {
		for _, a := range args {
			if w.names.list[a.path] {
				d.path = a.path
			}
		}
	}
	w.checkCall(id, args)
	return d
}

// givesList reports whether a call gives a list, or may: one that is chosen is a list where one of the choices is.
func (w *walker) givesList(name string, args []dot) bool {
	if slices.Contains(keepsList, name) || name == "list" || name == "splitList" {
		return true
	}
	chooses := slices.Contains(choosing, name) && name != "plural"
	return chooses && slices.ContainsFunc(args, func(a dot) bool { return a.many || w.names.list[a.path] })
}

func (w *walker) argument(id *parse.IdentifierNode, a dot) {
	switch list := w.names.list[a.path]; {
	case a.computed && !list:
	case list && !slices.Contains(overLists, id.Ident):
		w.problem(id, "%s takes a value and %s is a list", id.Ident, a.path)
	case list && (id.Ident == "join" || id.Ident == "words") && w.names.group[a.path+"[]"]:
		w.problem(id, "%s takes a list of values and %s is a list of groups", id.Ident, a.path)
	case !list && w.names.group[a.path] && !slices.Contains(strings.Fields("and or not empty all any"), id.Ident):
		w.problem(id, "%s takes a value and %s is a group: name one of its fields", id.Ident, orWhole(a.path))
	}
}

// checkCall knows what can be known of single functions before there are values.
func (w *walker) checkCall(id *parse.IdentifierNode, args []dot) {
	switch id.Ident {
	case "default", "coalesce":
		if last := len(args) - 1; last > 0 && id.Ident == "default" {
			w.neverMissing(id, args[last])
		} else if last > 0 {
			w.neverMissing(id, args[0])
		}
	case "clock", "day":
		if len(args) == 2 && args[1].constant {
			if err := w.zones.load(args[1].longest); err != nil {
				w.problem(id, "%s: %v", id.Ident, err)
			}
		}
	}
}

func (w *walker) neverMissing(id *parse.IdentifierNode, a dot) {
	if s, ok := w.names.leaf[a.path]; ok && s.Required && !a.computed {
		w.problem(id, "slot %s is required, so %s never applies", a.path, id.Ident)
	}
}

// longestOf is the longest text a function gives, as far as that is known before there are values; what is sent is
// measured again.
func longestOf(name string, args []dot) string {
	all, longest := "", ""
	for _, a := range args {
		if len(all) < mostText {
			all += a.longest
		}
		longest = longer(longest, a.longest)
	}
	switch {
	case name == "clock":
		return "00:00 UTC+00:00"
	case name == "day":
		return "Wednesday 30 September"
	case name == "money":
		return "9,999,999.00 EUR"
	case name == "cut" && len(args) == 2 && args[0].constant:
		if n := whole(args[0].longest); n < len(args[1].longest) {
			short, _ := cut(n, args[1].longest)
			return short
		}
		return args[1].longest
	case slices.Contains(deciding, name):
		return "false"
	case slices.Contains(choosing, name):
		return longest
	case len(args) > 0 && slices.Contains(strings.Fields("upper lower trim rest initial compact uniq"), name):
		return args[len(args)-1].longest
	}
	return all
}

func longer(a, b string) string {
	if utf8.RuneCountInString(b) > utf8.RuneCountInString(a) {
		return b
	}
	return a
}

package sensitive_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/mention/sensitive"
)

// The valid numbers are those that authorities and textbooks print as samples; nobody has them.
var nationalRows = []row{
	{"PESEL 44051401359", "national_id:44051401359", "Poland"},
	{"44051401359", "national_id:44051401359", "date and check digit leave one in a hundred to chance"},
	{"44051401358", "", "wrong check digit"},
	{"44151401359", "", "no such month"},
	{"pesel: 02070803628", "national_id:02070803628", "behind its name it may begin with a zero"},
	{"call 02070803628 now", "phone:02070803628", "without it that is a telephone number"},

	{"NHS 9434765919, my NHS number is 943 476 5919", "national_id:9434765919|national_id:943 476 5919", "Britain, behind its name"},
	{"9434765919 and 9434765918", "", "one in eleven numbers passes: without its name it is none"},
	{"NHS 9434765918", "", "wrong check digit"},
	{"the NHS has 1111111111 patients", "", "all equal"},

	{"12345678Z, 12.345.678-Z, DNI: 12345678-Z", "national_id:12345678Z|national_id:12.345.678-Z|national_id:12345678-Z", "Spain"},
	{"dni 12345678z, 12345678-z", "national_id:12345678z|national_id:12345678-z", "Spain, in small letters"},
	{"X1234567L, Y-1234567-X", "national_id:X1234567L|national_id:Y-1234567-X", "Spain, foreigners"},
	{"12345678A X1234567A 1234567Z 123456789Z 12345678ZA 00000000T", "", "wrong letter, too short, too long, part of a word, zero"},

	{"86095742719, Steuer-ID: 86 095 742 719", "national_id:86095742719|national_id:86 095 742 719", "Germany"},
	{"86095742718 11111111111 12345678912", "", "wrong check digit, digits that come too often"},

	{"255081416802538, 2 55 08 14 168 025 38", "national_id:255081416802538|national_id:2 55 08 14 168 025 38", "France"},
	{"255081416802539 355081416802538 255001416802538", "", "wrong key, no such sex, no such month"},
	{"1 85 05 2A 006 084 35, 185052A00608435", "national_id:1 85 05 2A 006 084 35|national_id:185052A00608435", "Corsica has a letter"},
	{"1 85 05 2B 006 084 62", "national_id:1 85 05 2B 006 084 62", "and another"},

	{"RSSMRA85T10A562S, rssmra85t10a562s", "national_id:RSSMRA85T10A562S|national_id:rssmra85t10a562s", "Italy"},
	{"RSSMRA85T10A562T RSSMRA85F10A562S RSSMRA85T99A562S", "", "wrong letter, month or day"},

	{"529.982.247-25, CPF 52998224725", "national_id:529.982.247-25|national_id:52998224725", "Brazil"},
	{"529.982.247-24 52998224725 111.111.111-11", "", "wrong check digits, no dots and no name, all equal"},

	{"811218-9876, 19811218-9876", "national_id:811218-9876|national_id:19811218-9876", "Sweden"},
	{"811218-9875 811318-9876 8112189876", "", "wrong check digit, no such month, no dash"},
	{"131052-308T", "national_id:131052-308T", "Finland"},
	{"131052-308U 133052-308T", "", "wrong check, no such month"},
	{"fødselsnummer 01010750160, 15076500565", "national_id:01010750160|national_id:15076500565", "Norway"},
	{"15076500566 15136500565", "", "wrong check digit, no such month"},

	{"BSN 111222333", "national_id:111222333", "the Netherlands, behind its name"},
	{"111222333 BSN 111222334", "", "no name, wrong check digit"},
	{"social insurance number 046 454 286", "national_id:046 454 286", "Canada, behind its name"},
	{"046 454 286, SIN 046 454 287", "", "no name, wrong check digit"},

	{"ABA 021000021, routing number: 121000358", "bank:021000021|bank:121000358", "banks"},
	{"021000021", "", "one in ten numbers passes: without its name it is none"},
	{"ABA 021000022, ABA 991000021", "", "wrong check digit, no such district"},
}

func TestNationalIDs(t *testing.T) { check(t, nationalRows) }

// TestNationalIDsByChance counts which of many plain numbers pass: it is the share of a shop's own numbers that would be
// taken for somebody's.
func TestNationalIDsByChance(t *testing.T) {
	for _, c := range []struct {
		digits int
		most   float64 // per hundred
	}{{8, 0}, {9, 0}, {10, 0}, {11, 1.5}, {13, 0}, {15, .1}} {
		const tries = 50_000
		n, x := 0, uint64(88172645463325252)
		limit := uint64(1)
		for range c.digits {
			limit *= 10
		}
		for range tries {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
			for _, s := range sensitive.Find(nil, fmt.Sprintf("%0*d", c.digits, x%limit)) {
				if s.Class == sensitive.NationalID {
					n++
				}
			}
		}
		share := float64(n) * 100 / tries
		t.Logf("%2d digits: %.2f in a hundred", c.digits, share)
		assert.LessOrEqual(t, share, c.most, "%d digits", c.digits)
	}
}

// TestSSNExclusions goes through all areas, and all groups and serials that matter.
func TestSSNExclusions(t *testing.T) {
	for area := range 1000 {
		for _, group := range []int{0, 1, 5, 9, 99} {
			for _, serial := range []int{0, 1, 1120, 9999} {
				text := fmt.Sprintf("%03d-%02d-%04d", area, group, serial)
				never := area == 0 || area == 666 || area >= 900 || group == 0 || serial == 0 ||
					text == "078-05-1120" || text == "219-09-9999"
				assert.Equal(t, !never, strings.HasPrefix(found(text), "ssn:"), text)
			}
		}
	}
}

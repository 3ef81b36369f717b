package sensitive_test

import (
	"strings"
	"testing"
)

var secretRows = []row{
	{"password: hunter2", "password:hunter2", "a colon, and a word that is none"},
	{"my password is hunter2, please help", "password:hunter2", "is, and a digit inside"},
	{"Password = S3cr3t!x.", "password:S3cr3t!x", "an equals sign; the full stop is not part of it"},
	{"pw: Tr0ub4dor&3 and pwd=correct_horse", "password:Tr0ub4dor&3|password:correct_horse", "short names, signs inside"},
	{"password: swordfish", "password:swordfish", "a word that is not an everyday one, at the end"},
	{`the password is "open sesame" I think`, "password:open sesame", "in quotes"},
	{"password => hunter2, pw -> hunter2, password >> hunter2", "password:hunter2|password:hunter2|password:hunter2", "arrows"},
	{"my password's hunter2, my password’s hunter2", "password:hunter2|password:hunter2", "is, shortened"},
	{"password - hunter2. passwort – hunter2. clave | hunter2", "password:hunter2|password:hunter2|password:hunter2", "dashes and bars"},
	{"password - 3weeks waiting, password – forgotten again, password - 12/05/2025", "", "a dash goes on with a sentence"},
	{"Password:\nhunter2\nThanks", "password:hunter2", "on the next line"},
	{"Password:\nJonathan", "", "a name on the next line"},
	{"Mein Passwort lautet Geheim99, contraseña: Lluvia_8", "password:Geheim99|password:Lluvia_8", "German and Spanish"},
	{"password：ｈｕｎｔｅｒ２", "password:ｈｕｎｔｅｒ２", "full width"},
	{"password: 4111111111111111", "password:4111111111111111", "what does more harm wins"},
	{"password: me@example.com", "password:me@example.com", "also where it looks like an address"},
	{"my password is wrong, password is expired", "", "a sentence"},
	{"password: reset does not work. Password: incorrect", "", "a sentence behind a colon, an everyday word"},
	{"forgot my password 3 times, password reset123", "", "no sign between"},
	{"the password is totally ridiculous", "", "how random a word looks does not tell"},
	{"password: https://example.com/reset?id=77 or @acme", "", "an address of a page, a handle"},
	{"password: ******** password: 😡😡😡😡😡", "", "masked, no letters"},
	{"boarding pass: A12345", "", "no cue"},
	{"Passwort ist abgelaufen! Passwort: ungültig", "", "German"},

	{"PIN: 4711, my pin is 4711, PIN 4711", "code:4711|code:4711|code:4711", "a PIN; in capitals it needs no sign"},
	{"pin 4711 posts, PIN: 47, PIN: 4711111, pin code", "", "no sign, too short, too long, none"},
	{"CVV 123, cvc: 1234, security code is 987", "code:123|code:1234|code:987", "check values"},
	{"verification code: 482913, OTP 482 913, one-time code is G4K9QZ", "code:482913|code:482 913|code:G4K9QZ", "one-time codes"},
	{"Your one-time password is 482913", "code:482913", "no password, whatever it is called"},
	{"Bestätigungscode: 482913, código de verificación 482913", "code:482913|code:482913", "German and Spanish"},
	{"use code WELCOME10, code: 482913", "", "a voucher, a code of what?"},
	{"OTP 24 hours, otp 100 times, security code 2.5", "", "numbers of something"},
	{"confirmation code: ABCDEF", "order:ABCDEF", "a booking"},

	{"AKIA" + "QQQQQQQQQQQQQQ22", "token:AKIA" + "QQQQQQQQQQQQQQ22", "a cloud's access key"},
	{"key ghp" + "_" + strings.Repeat("a1B2", 9) + ".", "token:ghp" + "_" + strings.Repeat("a1B2", 9), "a code host's"},
	{"sk" + "_live_" + strings.Repeat("4x", 12), "token:sk" + "_live_" + strings.Repeat("4x", 12), "a payment service's"},
	{"xoxb" + "-2222222222-" + strings.Repeat("ab", 8), "token:xoxb" + "-2222222222-" + strings.Repeat("ab", 8), "a chat's"},
	{"eyJ" + "hbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlMTIz",
		"token:eyJ" + "hbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlMTIz", "a signed token"},
	{"ghp_short AKIA1 sk-8 eyJhbGci sk-ating is fun, asia 4 ever", "", "too short"},
	{"xghp" + "_" + strings.Repeat("a1B2", 9), "", "part of a word"},

	{"DOB: 12/05/1984, date of birth 1984-05-12", "birth:12/05/1984|birth:1984-05-12", "figures"},
	{"I was born on May 12th, 1984", "birth:May 12th, 1984", "the month's name"},
	{"fecha de nacimiento: 12 de mayo de 1984; geboren am 12. Mai 1984, geb. 12.5.84", "birth:12 de mayo de 1984|birth:12. Mai 1984|birth:12.5.84",
		"Spanish and German"},
	{"12/05/1984", "", "a date"},
	{"my birthday is 12/05, born in 1984, born on 45/45/1984, DOB 12-05/1984", "", "no year, no day, no date, two signs"},
	{"born 3 weeks early", "", "a number of weeks"},
}

func TestSecrets(t *testing.T) { check(t, secretRows) }

var personRows = []row{
	{"I live at 12 Elm Street, Springfield, IL 62704", "address:12 Elm Street, Springfield, IL 62704", "with town and code"},
	{"ship to 350 5th Ave apt 7B please", "address:350 5th Ave apt 7B", "a number for a name, a flat"},
	{"my address is 12008 blue ridge blvd", "address:12008 blue ridge blvd", "small letters behind a cue"},
	{"your order to Elm St 5 left", "address:Elm St 5", "the number behind"},
	{"Vivo en la calle Mayor 12, dirección: Avda. de la Paz, 3", "address:calle Mayor 12|address:Avda. de la Paz, 3", "Spanish"},
	{"Adresse: Hauptstraße 5, ich wohne in der Berliner Str. 12a", "address:Hauptstraße 5|address:Berliner Str. 12a", "German"},
	{"Anschrift: Am Lindenweg 3", "address:Lindenweg 3", "a way behind a cue"},
	{"the shop on 193 W 237th St is shut", "", "a shop's, no cue"},
	{"the store address is 12008 blue ridge blvd, our address is 1 Elm Street", "", "a shop's, and ours"},
	{"2 hours down the road, stuck 3 Hours On The Road", "", "hours"},
	{"delivered to 3 people on the street", "", "people"},
	{"I live on Wall Street 24 hours a day", "", "hours behind the street"},
	{"wohne in der Straße", "", "no number"},
	{"Sitzplatz 12A, Bundesstraße 7, Hauptstraße 20 Minuten", "", "a seat, a road, minutes"},
	{"my email address is at 12 times the price of the road", "", "not an address of a street"},

	{"diagnosed with breast cancer", "health:cancer", "a diagnosis"},
	{"my HIV status, her chemotherapy, he is HIV positive", "health:HIV|health:chemotherapy|health:HIV", "whose it is"},
	{"she suffers from depression; mit Diabetes diagnostiziert, leide an Epilepsie", "health:depression|health:Epilepsie", "behind suffers; German"},
	{"diagnosticado con cáncer, su embarazo", "health:cáncer|health:embarazo", "Spanish"},
	{"patient number 4711-08, MRN: 123456", "health:4711-08|health:123456", "numbers of patients"},
	{"this airline gives me cancer, a depression is coming", "", "a figure of speech, the weather"},
	{"a miscarriage of justice, your miscarriage of justice", "", "no illness"},
	{"fly for the cancer charity, my depression over this delay", "", "nobody's, and not grave enough for my"},
	{"I am sick of this, food poisoning from your restaurant", "", "a complaint"},
}

func TestPersons(t *testing.T) { check(t, personRows) }

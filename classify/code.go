package classify

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// Scheme is how a control list writes its codes.
type Scheme string

// The schemes. China, the EU, the UK and the US write a digit, a letter and three digits, then
// paragraphs; the third digit means something different in China (see [Code.Reason]).
const (
	SchemeChina     Scheme = "cn"          // 1C117.b.1.a
	SchemeEU        Scheme = "eu"          // 3A001.a.5.b; also UK and Korea
	SchemeECCN      Scheme = "us-eccn"     // 3A001.a.5.b, 9A610.x, 5A992.c; EAR99
	SchemeWassenaar Scheme = "wassenaar"   // 3.A.1.a.5.b
	SchemeML        Scheme = "ml"          // ML10.c: the EU and Wassenaar munitions list
	SchemeUSML      Scheme = "usml"        // XV(e)(16)
	SchemeMilitary  Scheme = "cn-military" // 8.2: category and item of China's military list
	// SchemeOwn takes any code of a user's own list as it is.
	SchemeOwn Scheme = "own"
)

var schemes = []Scheme{
	SchemeChina, SchemeEU, SchemeECCN, SchemeWassenaar, SchemeML, SchemeUSML, SchemeMilitary, SchemeOwn,
}

// Conditions that errors of [ParseCode] wrap.
var (
	ErrCodeSyntax = errors.New("not a control code of this scheme")
	ErrCodeScheme = errors.New("unknown code scheme")
)

// Code is a control code: the entry, and the paragraphs within it from the outside in.
type Code struct {
	Scheme Scheme
	// Base is the entry: "3A001", "3.A.1", "ML10", "XV".
	Base       string
	Paragraphs []string
}

var (
	reDual      = regexp.MustCompile(`^([0-9])\s*([A-E])\s*([0-9]{3})((?:[.\s]*(?:[A-Za-z]{1,2}|[0-9]{1,3}|\([A-Za-z0-9]{1,4}\)))*)\.?$`)
	reWassenaar = regexp.MustCompile(`^([0-9])\.\s*([A-E])\.\s*([0-9]{1,2})((?:\.\s*[A-Za-z0-9]{1,4})*)\.?$`)
	reML        = regexp.MustCompile(`^ML\s*([0-9]{1,2})((?:[.\s]*(?:[a-z]{1,2}|[0-9]{1,3}))*)\.?$`)
	reUSML      = regexp.MustCompile(`^(?:CAT(?:EGORY)?\.?\s*)?(XXI|XX|XIX|XVIII|XVII|XVI|XV|XIV|XIII|XII|XI|IX|IV|V?I{1,3}|V|X)((?:\s*\([a-z0-9]{1,8}\))*)$`)
	reMilitary  = regexp.MustCompile(`^([0-9]{1,2})((?:\.[0-9]{1,2})*)$`)
	rePart      = regexp.MustCompile(`[A-Za-z]+|[0-9]+`)
)

// ParseCode reads a control code of a scheme, with full-width forms, spaces and upper-case paragraphs
// accepted. It checks the form, not whether a list knows the code.
func ParseCode(scheme Scheme, s string) (Code, error) {
	if !slices.Contains(schemes, scheme) {
		return Code{}, fmt.Errorf("%q: %w", scheme, ErrCodeScheme)
	}
	t := strings.TrimSpace(width.Fold.String(s))
	fail := fmt.Errorf("%q, scheme %s: %w", clip(s, 40), scheme, ErrCodeSyntax)
	if t == "" || len(t) > 80 {
		return Code{}, fail
	}
	c := Code{Scheme: scheme}
	var m []string
	switch scheme {
	case SchemeChina, SchemeEU, SchemeECCN:
		if scheme == SchemeECCN && strings.EqualFold(strings.ReplaceAll(t, " ", ""), "EAR99") {
			c.Base = "EAR99"
			return c, nil
		}
		if m = reDual.FindStringSubmatch(upperHead(t, 5)); m != nil {
			c.Base, c.Paragraphs = m[1]+m[2]+m[3], parts(m[4])
		}
	case SchemeWassenaar:
		if m = reWassenaar.FindStringSubmatch(upperHead(t, 4)); m != nil {
			c.Base, c.Paragraphs = m[1]+"."+m[2]+"."+strings.TrimLeft(m[3], "0"), parts(m[4])
		}
	case SchemeML:
		if m = reML.FindStringSubmatch(upperHead(t, 2)); m != nil {
			c.Base, c.Paragraphs = "ML"+strings.TrimLeft(m[1], "0"), parts(m[2])
		}
	case SchemeUSML:
		if i := strings.IndexByte(t, '('); i > 0 {
			t = strings.ToUpper(t[:i]) + strings.ToLower(t[i:])
		} else {
			t = strings.ToUpper(t)
		}
		if m = reUSML.FindStringSubmatch(t); m != nil {
			c.Base, c.Paragraphs = m[1], parts(m[2])
		}
	case SchemeMilitary:
		if m = reMilitary.FindStringSubmatch(t); m != nil {
			c.Base, c.Paragraphs = m[1], parts(m[2])
		}
	case SchemeOwn:
		c.Base = t
		return c, nil
	}
	if m == nil || c.Base == "" || strings.HasSuffix(c.Base, ".") || c.Base == "ML" {
		return Code{}, fail
	}
	return c, nil
}

// upperHead puts the first n letters and digits in upper case.
func upperHead(s string, n int) string {
	for i, r := range s {
		if n == 0 {
			return strings.ToUpper(s[:i]) + s[i:]
		}
		if r != ' ' && r != '.' {
			n--
		}
	}
	return strings.ToUpper(s)
}

func parts(s string) []string {
	found := rePart.FindAllString(s, 12)
	for i := range found {
		found[i] = strings.ToLower(found[i])
	}
	return found
}

// String is the code as its list prints it.
func (c Code) String() string {
	if c.Scheme == SchemeUSML {
		var b strings.Builder
		b.WriteString(c.Base)
		for _, p := range c.Paragraphs {
			b.WriteString("(" + p + ")")
		}
		return b.String()
	}
	return strings.Join(append([]string{c.Base}, c.Paragraphs...), ".")
}

// Parent is the code one paragraph up; the parent of a bare entry is the zero Code.
func (c Code) Parent() Code {
	if len(c.Paragraphs) == 0 {
		return Code{}
	}
	return Code{c.Scheme, c.Base, c.Paragraphs[:len(c.Paragraphs)-1]}
}

// Entry is the entry's code in digit-letter-digits form: "3A001" for 3.A.1.a and for 3A001.a; the base
// itself for the other schemes.
func (c Code) Entry() string {
	if c.Scheme != SchemeWassenaar {
		return c.Base
	}
	p := strings.Split(c.Base, ".")
	return fmt.Sprintf("%s%s%03s", p[0], p[1], p[2])
}

// Group is the product group of a dual-use code: A systems and components, B test and production
// equipment, C materials, D software, E technology; 0 for other schemes.
func (c Code) Group() byte {
	switch c.Scheme {
	case SchemeChina, SchemeEU, SchemeECCN:
		if len(c.Base) == 5 && c.Base[0] <= '9' {
			return c.Base[1]
		}
	case SchemeWassenaar:
		return c.Base[2]
	}
	return 0
}

// Reason is the ground of control that the third figure of a dual-use code tells. China: 0 conventional,
// 1 means of delivery of weapons of mass destruction, 2 nuclear, 3 chemical and biological, 4 supervised
// chemicals, 5 temporary, 9 other national security. EU: 0 Wassenaar, 1 MTCR, 2 NSG, 3 Australia Group,
// 4 CWC, 5 national or unilateral. "" elsewhere. Source: the lists' own explanations of their codes.
func (c Code) Reason() string {
	if len(c.Base) != 5 {
		return ""
	}
	table := map[Scheme]string{SchemeChina: chinaReasons, SchemeEU: euReasons}[c.Scheme]
	for f := range strings.FieldsSeq(table) {
		if f[0] == c.Base[2] {
			return strings.ReplaceAll(f[2:], "_", " ")
		}
	}
	return ""
}

const (
	chinaReasons = "0:conventional 1:MTCR 2:NSG 3:AG/CWC 4:supervised_chemicals 5:temporary_control 9:other_national_security"
	euReasons    = "0:Wassenaar 1:MTCR 2:NSG 3:AG 4:CWC 5:national"
)

package source

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/ordergate/ordergate/lists"
)

// ReadText reads all of r, at most max bytes, and gives it in UTF-8 without a byte order mark, with the name of
// the encoding it was in: "utf-8", "utf-16", "gb18030", "shift-jis" or "windows-1252". Text that is clearly in
// none of them gives an error that wraps [lists.ErrEncoding].
//
// Detection asks what an encoding is used for. Chinese in GB18030 and Japanese in Shift-JIS come as runs of
// common two-byte characters; Windows-1252 has single bytes among ASCII. UTF-8 with a few bad bytes is damaged
// UTF-8 and nothing else.
func ReadText(r io.Reader, max int64) (text []byte, name string, err error) {
	b, err := io.ReadAll(Limit(r, max))
	if err != nil {
		return nil, "", err
	}
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, "", fmt.Errorf("%w: damaged UTF-16", lists.ErrEncoding)
		}
		return text, "utf-16", nil
	}
	if utf8.Valid(b) {
		return bytes.TrimPrefix(b, []byte(byteOrderMark)), "utf-8", nil
	}
	if at, damaged := damagedUTF8(b); damaged {
		return nil, "", fmt.Errorf("%w: damaged UTF-8 at byte %d", lists.ErrEncoding, at)
	}
	name, enc := detect(b)
	if enc == nil {
		return nil, "", fmt.Errorf("%w: not clearly UTF-8, GB18030, Shift-JIS or Windows-1252", lists.ErrEncoding)
	}
	text, err = enc.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, "", fmt.Errorf("%w: damaged %s", lists.ErrEncoding, name)
	}
	return text, name, nil
}

// detect tells what text that is not UTF-8 is in; nil where that is not clear.
func detect(b []byte) (name string, enc encoding.Encoding) {
	switch {
	case runs(b, gbPair) >= minShare:
		return "gb18030", simplifiedchinese.GB18030
	case runs(b, shiftJISPair) >= minShare:
		return "shift-jis", japanese.ShiftJIS
	case latin(b) >= minShare:
		return "windows-1252", charmap.Windows1252
	}
	return "", nil
}

// NotUTF8 is the error for text that is not UTF-8 where the format prescribes it, which wraps [lists.ErrEncoding]. It
// says what the text looks like, so that whoever saved the file anew knows what to undo.
func NotUTF8(text []byte) error {
	if _, damaged := damagedUTF8(text); !damaged {
		if name, enc := detect(text); enc != nil {
			return fmt.Errorf("%w: UTF-8 was expected, the text looks like %s", lists.ErrEncoding, name)
		}
	}
	return fmt.Errorf("%w: UTF-8 was expected", lists.ErrEncoding)
}

// WithoutMark is r without a byte order mark of UTF-8 at its beginning.
func WithoutMark(r io.Reader) io.Reader {
	br := bufio.NewReaderSize(r, 1<<16)
	if mark, err := br.Peek(len(byteOrderMark)); err == nil && string(mark) == byteOrderMark {
		_, _ = br.Discard(len(byteOrderMark)) // what was peeked can be discarded
	}
	return br
}

const byteOrderMark = "\ufeff"

// minShare is how much of what is not ASCII must look as the encoding is used.
const minShare = 0.9

// damagedUTF8 reports whether b is UTF-8 but for a few bytes, and where the first of them is.
func damagedUTF8(b []byte) (at int, damaged bool) {
	good, bad := 0, 0
	at = -1
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n <= 1:
			if bad++; at < 0 {
				at = i
			}
		case n > 1:
			good++
		}
		i += n
	}
	return at, good > 4*bad
}

// runs is the share of the characters outside ASCII that stand beside another and are common. pair says how
// many bytes the character at the beginning of its argument has and whether it is a common one.
func runs(b []byte, pair func([]byte) (n int, common bool)) float64 {
	all, good, run := 0, 0, 0
	firstGood := false
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			run = 0
			i++
			continue
		}
		n, common := pair(b[i:])
		all++
		switch {
		case run == 0:
			firstGood = common
		case run == 1 && firstGood:
			good++
		}
		if run > 0 && common {
			good++
		}
		run++
		i += n
	}
	return float64(good) / float64(max(all, 1))
}

// gbPair takes the characters of GB 2312 for the common ones: punctuation, ideographs of both levels.
func gbPair(b []byte) (n int, common bool) {
	switch {
	case len(b) < 2:
		return 1, false
	case b[1] >= '0' && b[1] <= '9':
		return min(4, len(b)), false
	}
	row := b[0] >= 0xa1 && b[0] <= 0xa9 || b[0] >= 0xb0 && b[0] <= 0xf7
	return 2, row && b[1] >= 0xa1 && b[1] <= 0xfe
}

// shiftJISPair takes kana, punctuation and the ideographs of the first level for the common ones.
func shiftJISPair(b []byte) (n int, common bool) {
	if b[0] >= 0xa1 && b[0] <= 0xdf || len(b) < 2 {
		return 1, false
	}
	return 2, b[0] >= 0x81 && b[0] <= 0x97 && b[1] >= 0x40 && b[1] != 0x7f
}

// latin is the share of the bytes outside ASCII that are letters or the usual punctuation in Windows-1252.
func latin(b []byte) float64 {
	all, good := 0, 0
	for _, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		all++
		switch {
		case c >= 0xc0 && c != 0xd7 && c != 0xf7, c >= 0x91 && c <= 0x97, c == 0x8a, c == 0x8c, c == 0x8e, c == 0x9a, c == 0x9c, c == 0x9e, c == 0x9f,
			c == 0x80, c == 0x85, c == 0x99, c == 0xa0, c == 0xa1, c == 0xa9, c == 0xaa, c == 0xab, c == 0xae, c == 0xb0, c == 0xb7, c == 0xba, c == 0xbb, c == 0xbf:
			good++
		}
	}
	return float64(good) / float64(max(all, 1))
}

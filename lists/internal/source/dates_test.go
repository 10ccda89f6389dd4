package source

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ordergate/ordergate/lists"
)

func TestBirthDate(t *testing.T) {
	for text, want := range map[string]lists.BirthDate{
		"1946": {Date: "1946"}, "15 Jan 1955": {Date: "1955-01-15"}, "Sep 1950": {Date: "1950-09"}, "circa 1951": {Date: "1951", Circa: true},
		"1951 to 1953": {Date: "1951", To: "1953"}, "01 Jan 1961 to 31 Dec 1962": {Date: "1961-01-01", To: "1962-12-31"}, "circa 1979-1982": {Date: "1979", To: "1982", Circa: true},
		"31 Feb 1950": {}, "": {}, "unknown": {}, "1951 to later": {},
	} {
		got, ok := BirthDate(text)
		assert.Equal(t, want.Date != "", ok, text)
		assert.Equal(t, want, got, text)
	}
}

func TestPartialDate(t *testing.T) {
	for text, want := range map[string]string{
		"1973-12-25": "1973-12-25", "1973-12": "1973-12", "1973": "1973", "July 1961": "1961-07", "Nov. 1973": "1973-11", "29/06/2012": "2012-06-29",
		"20120629": "2012-06-29", "2012-06-29T00:00:00Z": "2012-06-29", "2012-06-29+02:00": "2012-06-29", " 3 Mar 1985 ": "1985-03-03",
		"": "", "1973-02-30": "", "33/01/2000": "", "30-35 years old": "",
	} {
		got, ok := PartialDate(text)
		assert.Equal(t, want, got, text)
		assert.Equal(t, want != "", ok, text)
	}
}

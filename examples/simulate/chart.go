package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/ordergate/ordergate/screening"
)

// The chart's measures, in pixels.
const (
	labelWidth = 330
	barWidth   = 480
	barHeight  = 14
	groupGap   = 12
	headHeight = 64
	chartWidth = labelWidth + barWidth + 80
)

// maxBars bounds the rules of a chart; the table has them all.
const maxBars = 40

// group is a pair of bars under one label.
type group struct {
	label  string
	orders pair
}

// groups are the orders held, then the orders on which each rule fired that would fire on more or fewer.
func groups(s *summary, lang string) []group {
	all := []group{{words[lang].held, s.Held}}
	for _, c := range s.changed() {
		if len(all) > maxBars || !c.Fired.differs() {
			break
		}
		label := screening.Text(c.Title).In(lang)
		if label == "" {
			label = c.ID
		}
		all = append(all, group{label, c.Fired})
	}
	return all
}

// writeChart draws pairs of bars, before and after, as an SVG picture that needs nothing from elsewhere.
func writeChart(w io.Writer, s *summary, lang string) error {
	t := words[lang]
	all := groups(s, lang)
	longest := 1
	for _, g := range all {
		longest = max(longest, g.orders.Before, g.orders.After)
	}
	d := drawing{w: w}
	height := headHeight + len(all)*(2*barHeight+groupGap)
	title := fmt.Sprintf(t.title, s.Name)
	d.line(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="12">`, chartWidth, height, chartWidth, height)
	d.line(`<title>%s</title>`, escape(title))
	d.line(`<rect width="%d" height="%d" fill="#ffffff"/>`, chartWidth, height)
	d.text(10, 20, "start", title)
	d.bar(10, 32, barHeight, "#8c96a0")
	d.text(10+barHeight+6, 44, "start", t.before)
	d.bar(110, 32, barHeight, "#8a3d00")
	d.text(110+barHeight+6, 44, "start", t.after)
	for i, g := range all {
		y := headHeight + i*(2*barHeight+groupGap)
		d.text(labelWidth-8, y+barHeight+4, "end", shorten(g.label, 46))
		for k, side := range []struct {
			n      int
			colour string
		}{{g.orders.Before, "#8c96a0"}, {g.orders.After, "#8a3d00"}} {
			length := side.n * barWidth / longest
			d.bar(labelWidth, y+k*barHeight, length, side.colour)
			d.text(labelWidth+length+5, y+k*barHeight+11, "start", fmt.Sprint(side.n))
		}
	}
	d.line(`</svg>`)
	return d.err
}

// drawing writes SVG elements and keeps the first error.
type drawing struct {
	w   io.Writer
	err error
}

func (d *drawing) line(format string, args ...any) {
	if d.err == nil {
		_, d.err = fmt.Fprintf(d.w, format+"\n", args...)
	}
}

func (d *drawing) bar(x, y, length int, colour string) {
	d.line(`<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, x, y, length, barHeight-2, colour)
}

func (d *drawing) text(x, y int, anchor, s string) {
	d.line(`<text x="%d" y="%d" text-anchor="%s" fill="#1a1a1a">%s</text>`, x, y, anchor, escape(s))
}

func escape(s string) string {
	var b strings.Builder
	// A strings.Builder does not fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// shorten cuts a label to a width in columns.
func shorten(s string, most int) string {
	used := 0
	for i, r := range s {
		if used += columns(string(r)); used > most {
			return s[:i] + "…"
		}
	}
	return s
}

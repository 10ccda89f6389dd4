package words

import "sync"

// Place is one sense of a geographic word.
type Place struct {
	Key     string // country: ISO 3166 alpha-2 in lower case; region and city: that, "-", and a name; compass: "north" ...
	Class   PlaceClass
	Country string // ISO 3166 alpha-2 in lower case; "" for compass words and regions above countries
}

// PlaceClass is what a geographic word names.
type PlaceClass string

const (
	PlaceCountry PlaceClass = "country" // name of a country or territory
	PlaceDemonym PlaceClass = "demonym" // its adjective or people, with the country's key: Russian, Rossiyskaya
	PlaceRegion  PlaceClass = "region"  // province, state, or a region of several countries
	PlaceCity    PlaceClass = "city"    // city, with its adjective where common: Moskovskiy
	PlaceCompass PlaceClass = "compass" // north, southern, восточный, 东
)

// Places is the table of geographic words. It lists what companies put into their names, not a
// gazetteer; a name borne by several places has several senses.
func Places() *Table[Place] { return places() }

var places = sync.OnceValue(func() *Table[Place] {
	return mustTable("places", func(class, key string) (Place, bool) {
		p := Place{Key: key, Class: PlaceClass(class)}
		switch p.Class {
		case PlaceCountry, PlaceDemonym:
			p.Country = key
			return p, len(key) == 2
		case PlaceCity, PlaceRegion:
			if len(key) > 3 && key[2] == '-' {
				p.Country = key[:2]
			}
			return p, p.Country != "" || p.Class == PlaceRegion
		case PlaceCompass:
			return p, true
		}
		return p, false
	})
})

// Package classify finds the control-list entries an order line may fall under, and says why.
//
// # Flow
//
//	Item -> HS code parsed, its edition found  -> correlations (customs code or HS6 -> entry)
//	     -> declared control codes parsed      -> entries of the list they name
//	     -> part number                        -> the user's product master
//	     -> description, Chinese and English   -> text index over titles and trade names (bleve, BM25)
//	     -> values in properties and text      -> the entries' thresholds: met, not met, unknown
//	     -> one ranked list of candidates, the evidence of each source kept apart
//
// A [Classifier] is compiled once from [Config] and is safe for concurrent use. [Classifier.Classify]
// returns a [Result]: candidates best first, what is wrong with the item as described, what the codes
// do not say, and what a person should check next. It never returns an error: what could not be
// checked is a [Problem] with Incomplete set.
//
// # Data
//
// A [ControlList] is one list of one edition; a [Correlation] joins customs codes to entries of one
// list; a [Conversion] joins two editions of the Harmonized System; the goods table joins trade names
// in Chinese and English to entries. Built-in tables are CSV files under data/, read by the same
// readers as the user's own. [Classifier.Tables] names every one with its edition and digest.
// The built-in lists are China's unified dual-use list (its codes, titles in our own words), China's
// military list (its categories) and an outline of the dual-use entries that the EU, the UK, the US
// and the Wassenaar Arrangement share. Entries of two lists are never mixed, even under one code:
// 3C001 is gallium in China and hetero-epitaxial material in the EU.
//
// # What it will not do
//
// It decides nothing. Customs codes are for reference and the control list prevails over them; most
// entries depend on figures that a description does not give. Silence of the HS tables is stated and
// is not absence of control. Titles and key figures here are an outline to find an entry by; whether
// goods are controlled is read off the official text. The package knows nothing of parties or
// destinations, prints nothing, reads no clock and reaches no network.
package classify

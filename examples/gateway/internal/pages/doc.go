// Package pages is the workbench: the pages on which people look at held orders and decide on them.
//
//	sign in --session cookie--> queue --> order: findings, questionnaire, moves --> record and proof of every step
//	                              |--> search, lists and their entries, programme
//
// Pages are rendered here, by html/template, and work without JavaScript; a small script adds local times, keeps
// forms from being sent twice and tells when somebody else has moved the case. Every word stands in a catalogue
// in English and Chinese, and a word that is missing from it fails the page: no page is half translated.
//
// # What keeps it safe
//
// A visitor signs in with the token that also serves the interface for programs; the page then holds a session in a
// cookie that scripts cannot read and other sites cannot send. Every form carries the session's own token, and
// requests that come from other sites are refused by their headers. The content security policy allows style and
// script from here only, and none within a page. Names and texts of orders are text wherever they stand.
//
// What a person may do to a case is the programme's to say. The pages ask it beforehand, and show what speaks
// against a move instead of a button that would be refused.
package pages

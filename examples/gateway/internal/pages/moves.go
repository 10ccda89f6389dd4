package pages

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
)

// move is something that the visitor may do to a case, or may not and why.
type move struct {
	Kind icp.EventKind
	// Reason asks for one in writing.
	Reason bool
	// For are the people the visitor may act for, To those who may be asked or assigned.
	For, To []choice
	// Conditions are those that are open.
	Conditions []icp.CaseCondition
	Papers     []choice
	// Against is what speaks against it, in words.
	Against []string
	// Open shows the form at once: it is the step that comes next, or the one that was refused.
	Open bool
	// Draft is what the visitor had written when it was refused.
	Draft draft
}

// draft is what stands in a form.
type draft struct {
	Reason, Text, Choice, Conditions string
}

// refusedMove is a move that was tried and not allowed.
type refusedMove struct {
	Kind  icp.EventKind
	Why   []string
	Draft draft
}

// offered are the moves that the page offers, in its order. Answers stand beside their questions.
var offered = []icp.EventKind{
	icp.Released, icp.Decided, icp.Voted, icp.Vetoed, icp.Escalated, icp.Questioned, icp.Assigned, icp.DocumentAdded, icp.ConditionMet,
	icp.Voided, icp.Closed,
}

// reasoned are the moves for which the workbench asks a written reason whatever the programme says.
var reasoned = []icp.EventKind{icp.Voted, icp.Vetoed, icp.Escalated, icp.Decided, icp.Released, icp.Voided, icp.Closed}

func (v *visit) needsReason(k icp.EventKind) bool {
	return slices.Contains(reasoned, k) || slices.Contains(v.Desk.Programme().Procedure.Reasons, k)
}

// moves asks the programme what the visitor may do.
func (v *visit) moves(c *icp.Case, refused *refusedMove) (may, against []move, err error) {
	me := v.session.Token.Person
	if me == "" {
		return nil, nil, nil
	}
	for _, k := range offered {
		if k == icp.ConditionMet && len(openConditions(c)) == 0 {
			continue
		}
		m := move{Kind: k, Reason: v.needsReason(k)}
		err := v.Desk.Try(v.r.Context(), me, trial(c, k, me))
		var no *icp.MoveError
		switch {
		case errors.As(err, &no):
			if no.Has(icp.WrongStatus) { // it belongs to another time of the case
				continue
			}
			m.Against = v.reasons(no)
			against = append(against, m)
			continue
		case err != nil:
			return nil, nil, err
		}
		v.fill(&m, c)
		m.Open = len(may) == 0 && !v.barred(c) && slices.Contains([]icp.EventKind{icp.Released, icp.Decided, icp.Voted}, k)
		if refused != nil && refused.Kind == k {
			m.Open, m.Draft = true, refused.Draft
		}
		may = append(may, m)
	}
	return may, against, nil
}

// trial is an event complete enough to ask whether it would be allowed.
func trial(c *icp.Case, k icp.EventKind, me string) icp.Event {
	e := icp.Event{Case: c.ID, Kind: k, Reason: "?"}
	switch k {
	case icp.Voted:
		e.Choice = icp.Approve
	case icp.Questioned:
		e.Question, e.Text = nextQuestion(c), "?"
	case icp.DocumentAdded:
		e.Document = &screening.Document{SHA256: strings.Repeat("0", 2*sha256.Size)}
	case icp.ConditionMet:
		e.Condition = openConditions(c)[0].ID
	case icp.Assigned:
		e.To = me
	}
	return e
}

func openConditions(c *icp.Case) []icp.CaseCondition {
	return slices.DeleteFunc(slices.Clone(c.Conditions), func(x icp.CaseCondition) bool { return x.MetBy != "" })
}

// nextQuestion is the id of the next question.
func nextQuestion(c *icp.Case) string { return "q" + strconv.Itoa(len(c.Questions)+1) }

// fill adds what the form of a move lets one choose.
func (v *visit) fill(m *move, c *icp.Case) {
	people := v.Desk.Programme().Organisation.People
	switch m.Kind {
	case icp.Voted, icp.Vetoed:
		for _, p := range people {
			if slices.Contains(p.Deputies, v.session.Token.Person) {
				m.For = append(m.For, choice{p.ID, p.Title.In(v.lang), false})
			}
		}
	case icp.Assigned, icp.Questioned:
		for _, p := range people {
			m.To = append(m.To, choice{p.ID, p.Title.In(v.lang), m.Kind == icp.Assigned && p.ID == c.AssignedTo})
		}
	case icp.DocumentAdded:
		for _, t := range []screening.DocumentType{
			screening.EndUseCertificate, screening.CommercialContract, screening.SingleLicence, screening.GeneralLicence, screening.Registration,
			screening.RiskReport, screening.WrittenCommitment, screening.AuthorityAdvice, screening.UVLStatement, screening.ForeignAuthorised,
		} {
			m.Papers = append(m.Papers, choice{string(t), v.name(string(t)), false})
		}
	case icp.ConditionMet:
		m.Conditions = openConditions(c)
	}
}

// reasons puts what speaks against a move into words.
func (v *visit) reasons(no *icp.MoveError) (out []string) {
	for _, r := range no.Reasons {
		text := r.Refusal.Text().In(v.lang)
		if about := v.about(r); about != "" {
			text = v.t("%s: %s", about, text)
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// about names what a reason is about: a person, a document, a stage, a level, a question, a condition or a finding.
func (v *visit) about(r icp.Reason) string {
	if r.Refusal == icp.Malformed || r.Refusal == icp.WrongStatus || r.About == "" {
		return ""
	}
	if p := v.member(r.About); p != nil {
		return p.Title.In(v.lang)
	}
	if n := v.name(r.About); n != r.About {
		return n
	}
	if r.Refusal == icp.QuestionsOpen || r.Refusal == icp.ConditionsOpen || r.Refusal == icp.PapersMissing {
		return r.About
	}
	return ""
}

// postMove records a move and goes back to the order.
func postMove(v *visit) error {
	form := v.r.PostForm
	e := icp.Event{
		Case: form.Get("case"), Kind: icp.EventKind(form.Get("kind")), Reason: strings.TrimSpace(form.Get("reason")),
		For: form.Get("for"), To: form.Get("to"), Question: form.Get("question"), Text: strings.TrimSpace(form.Get("text")),
		Choice: icp.Choice(form.Get("choice")), Conditions: linesOf(form.Get("conditions")), Condition: form.Get("condition"),
		Day: icp.Date(form.Get("day")),
	}
	return v.move(e)
}

// linesOf are the lines of a text that say something.
func linesOf(s string) (all []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// move records an event of the visitor, who must have seen the case as it is.
func (v *visit) move(e icp.Event) error {
	if e.Kind != icp.Answered && !slices.Contains(offered, e.Kind) {
		return &refusal{http.StatusBadRequest, "The form does not fit the case as it is now."}
	}
	if e.For == v.session.Token.Person {
		e.For = ""
	}
	c, err := v.mayMove(e.Case)
	if err != nil {
		return err
	}
	refuse := func(why ...string) error {
		form := v.r.PostForm
		return v.order(http.StatusConflict, &refusedMove{e.Kind, why, draft{
			form.Get("reason"), form.Get("text"), form.Get("choice"), form.Get("conditions"),
		}})
	}
	if v.r.PostFormValue("seq") != strconv.Itoa(c.Seq) {
		return refuse(v.t("Somebody else has moved this case. Look at what has changed, then send the form again."))
	}
	if e.Kind == icp.Questioned {
		e.Question = nextQuestion(&c)
	}
	if v.needsReason(e.Kind) && e.Reason == "" {
		return refuse(icp.ReasonMissing.Text().In(v.lang))
	}
	_, err = v.Desk.Move(v.r.Context(), v.session.Token.Person, e)
	var no *icp.MoveError
	switch {
	case errors.As(err, &no):
		return refuse(v.reasons(no)...)
	case errors.Is(err, icp.ErrReplay):
		return refuse(v.t("The form does not fit the case as it is now."))
	case err != nil:
		return err
	}
	if v.Moved != nil {
		v.Moved(e.Kind)
	}
	v.redirect("order", "id", e.Case, "done", string(e.Kind))
	return nil
}

// mayMove is the case that a visitor wants to move, where the visitor is a person who may.
func (v *visit) mayMove(order string) (icp.Case, error) {
	if v.session.Token.Person == "" {
		return icp.Case{}, &refusal{http.StatusForbidden, "You may read, and move nothing."}
	}
	return v.Desk.Case(v.r.Context(), order)
}

// postDocument takes the hash of a paper and records that it is on file. The paper itself is not kept here.
func postDocument(v *visit) error {
	defer func() { _ = v.r.MultipartForm.RemoveAll() }() // temporary files that stay behind are the system's to remove
	sum, err := v.hash("file")
	if err != nil {
		return err
	}
	form := v.r.PostForm
	return v.move(icp.Event{Case: form.Get("case"), Kind: icp.DocumentAdded, Document: &screening.Document{
		Type: screening.DocumentType(form.Get("type")), Number: strings.TrimSpace(form.Get("number")), Issuer: strings.TrimSpace(form.Get("issuer")),
		IssuedOn: screening.Date(form.Get("issued")), ValidUntil: screening.Date(form.Get("until")), SHA256: sum,
	}})
}

// hash is the hexadecimal SHA-256 of an uploaded file.
func (v *visit) hash(field string) (string, error) {
	f, head, err := v.r.FormFile(field)
	if err != nil || head.Size == 0 {
		return "", &refusal{http.StatusBadRequest, "Choose the file of the paper."}
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("uploaded file: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// postAnswers screens the order again with the answers that were given; a question left open stays so.
func postAnswers(v *visit) error {
	order := v.r.PostFormValue("case")
	c, err := v.mayMove(order)
	if err != nil {
		return err
	}
	if v.r.PostFormValue("seq") != strconv.Itoa(c.Seq) {
		return &refusal{http.StatusConflict, "Somebody else has moved this case. Go back, load the page again and repeat what you did."}
	}
	rep, _, err := v.Desk.Report(v.r.Context(), c.Screening.Report)
	if err != nil {
		return err
	}
	var answers []screening.Answer
	for _, q := range rep.Questions {
		value := v.r.PostFormValue("answer." + q.ID)
		if !slices.Contains([]string{"yes", "no", "unknown"}, value) {
			continue
		}
		answers = append(answers, screening.Answer{Question: q.ID, Value: value, Note: strings.TrimSpace(v.r.PostFormValue("note." + q.ID))})
	}
	if len(answers) == 0 {
		return &refusal{http.StatusBadRequest, "No question was answered."}
	}
	if _, err := v.Desk.Answer(v.r.Context(), v.session.Token.Person, order, answers); err != nil {
		return err
	}
	v.redirect("order", "id", cmp.Or(order, c.ID), "done", string(icp.Rescreened))
	return nil
}

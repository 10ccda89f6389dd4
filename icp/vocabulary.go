package icp

import (
	"reflect"

	"github.com/ordergate/ordergate/screening"
)

// The words of a programme file. Those of the guidance are in its order; MOFCOM's questions and answers
// on compliance programmes (part 1, 2021-11) list them under the numbers given in guidance.go.
var (
	topics = []Topic{"purpose", "obey_law", "never_breach", "support", "risk_review", "staff_duty", "consequences"}

	areas = []Area{"items", "customers", "technology", "operations", "information", "third_parties"}

	unitKinds = []UnitKind{"decision", "committee", "compliance", "business"}

	remedyKinds = []RemedyKind{"suspend_contract", "stop_shipment", "recall_goods", "mend_system"}

	stopTriggers = []StopTrigger{EndUserChanged, EndUseChanged, CertificateForged, CertificateLapsed, CertificateByDeceit}

	audiences = []Audience{"everyone", "business", "compliance"}

	// trainingTopics are by audience: what each group must be taught at least.
	trainingTopics = map[Audience][]TrainingTopic{
		"everyone":   {"concept", "policy", "own_duty", "contacts", "risks"},
		"business":   {"internal_rules", "review_flow", "end_user_end_use", "screening_tools", "reporting"},
		"compliance": {"law", "control_lists", "foreign_rules", "practice"},
	}

	auditSteps = []AuditStep{"choose_units", "prepare_templates", "collect_papers", "interview", "examine", "report", "feedback", "tell_management", "follow_up"}

	fileKinds = []FileKind{
		"product_specifications", "trade_papers", "authority_exchanges", "customer_screening", "end_use_papers", "licence_applications",
		"licence_decisions", "export_performance", "rules_and_minutes", "violations", "training", "audit_reports", "visits", "other",
	}

	chapters = []Chapter{
		"policy", "law", "rules", "organisation", "people", "identification", "risk", "procedure", "violations", "training", "authorities",
	}

	stages = []screening.Stage{screening.PreContract, screening.LicenceApplication, screening.BeforeShipment, screening.AfterSales}

	documentTypes = []screening.DocumentType{
		screening.SingleLicence, screening.GeneralLicence, screening.Registration, screening.EndUseCertificate, screening.UVLStatement,
		screening.RiskReport, screening.WrittenCommitment, screening.AuthorityAdvice, screening.ForeignAuthorised, screening.CommercialContract,
	}
)

// vocabulary is the words each type of a programme file allows.
func vocabulary() map[reflect.Type][]string {
	var taught []TrainingTopic
	for _, a := range audiences {
		taught = append(taught, trainingTopics[a]...)
	}
	v := make(map[reflect.Type][]string)
	allow(v, topics)
	allow(v, areas)
	allow(v, unitKinds)
	allow(v, remedyKinds)
	allow(v, stopTriggers)
	allow(v, audiences)
	allow(v, taught)
	allow(v, auditSteps)
	allow(v, fileKinds)
	allow(v, chapters)
	allow(v, stages)
	allow(v, documentTypes)
	allow(v, screening.Outcomes)
	allow(v, EventKinds)
	allow(v, []Reach{EveryOrder, HeldOrders})
	return v
}

func allow[T ~string](v map[reflect.Type][]string, words []T) {
	for _, w := range words {
		v[reflect.TypeFor[T]()] = append(v[reflect.TypeFor[T]()], string(w))
	}
}

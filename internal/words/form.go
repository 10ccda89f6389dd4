package words

import "sync"

// Form is a legal form. Two spellings with equal Key are one form ("AG", "Aktiengesellschaft"); with
// equal Class, the corresponding forms of different laws ("OOO", "GmbH", "Ltd"); with equal
// [FormClass.Family], forms that careless records interchange ("Ltd", "Inc").
type Form struct {
	Key   string // e.g. "gmbh"
	Class FormClass
}

// FormClass is what kind of body a legal form denotes.
type FormClass string

const (
	FormLLC         FormClass = "llc"         // members' liability limited, no public shares: Ltd, LLC, GmbH, ООО, 有限公司
	FormJSC         FormClass = "jsc"         // capital divided into shares: AG, SA, SpA, АО, 股份有限公司, 株式会社
	FormPLC         FormClass = "plc"         // shares offered to the public: PLC, ПАО, Tbk, Bhd
	FormInc         FormClass = "inc"         // Incorporated
	FormCorp        FormClass = "corp"        // Corporation
	FormCompany     FormClass = "company"     // company or firm, nothing said of liability: Co., شركة, 公司
	FormPartnership FormClass = "partnership" // general, limited, professional: LP, LLP, KG, SNC
	FormSoleProp    FormClass = "soleprop"    // one trader: ИП, e.K., 个体工商户
	FormState       FormClass = "state"       // state or municipal enterprise: ФГУП, EPE, Perum
	FormFoundation  FormClass = "foundation"  // foundation, fund, trust, waqf
	FormAssociation FormClass = "association" // association, society, union, non-profit body
	FormCooperative FormClass = "cooperative" // cooperative, mutual society
	FormGroup       FormClass = "group"       // group, holding, consortium, conglomerate
	FormBranch      FormClass = "branch"      // branch, representative office: no body of its own
)

// FormFamily is the coarse kind of a [FormClass].
type FormFamily string

const (
	FamilyCompany     FormFamily = "company"
	FamilyPartnership FormFamily = "partnership"
	FamilySoleProp    FormFamily = "soleprop"
	FamilyState       FormFamily = "state"
	FamilyNonProfit   FormFamily = "nonprofit"
	FamilyGroup       FormFamily = "group"
	FamilyBranch      FormFamily = "branch"
)

var formFamilies = map[FormClass]FormFamily{
	FormLLC: FamilyCompany, FormJSC: FamilyCompany, FormPLC: FamilyCompany, FormInc: FamilyCompany,
	FormCorp: FamilyCompany, FormCompany: FamilyCompany,
	FormPartnership: FamilyPartnership, FormSoleProp: FamilySoleProp, FormState: FamilyState,
	FormFoundation: FamilyNonProfit, FormAssociation: FamilyNonProfit, FormCooperative: FamilyNonProfit,
	FormGroup: FamilyGroup, FormBranch: FamilyBranch,
}

// Family is the coarse kind of the class, "" for a class that is not one of the constants.
func (c FormClass) Family() FormFamily { return formFamilies[c] }

// Forms is the table of legal forms: names in full and abbreviations, in the language and script of
// the law and in the usual romanisation and English translation.
func Forms() *Table[Form] { return forms() }

var forms = sync.OnceValue(func() *Table[Form] {
	return mustTable("forms", func(class, key string) (Form, bool) {
		f := Form{key, FormClass(class)}
		return f, f.Class.Family() != ""
	})
})

package render

import (
	"regexp"
	"strings"
)

// citation says a citation of the data of this module in Chinese; one in other words stays as it is. Data cite in English,
// in a few forms, of which numbers and letters are kept: what is cited can be looked up by them in either language.
func (w words) citation(s string) string {
	if w.lang != "zh" {
		return s
	}
	clauses := strings.Split(s, "; ")
	for i, c := range clauses {
		clauses[i] = citationClause(c)
	}
	return strings.Join(clauses, "；")
}

func citationClause(s string) string {
	if zh, ok := citedWorks[s]; ok {
		return zh
	}
	for _, f := range citationForms {
		if m := f.form.FindStringSubmatch(s); m != nil {
			if zh, ok := f.say(m); ok {
				return zh
			}
		}
	}
	// A work and a place in it, such as a list, the instrument that set an entry, and the entry.
	if i := strings.LastIndex(s, ", "); i > 0 && citedPlace.MatchString(s[i+2:]) {
		if work := citationClause(s[:i]); work != s[:i] {
			return work + "，" + citationClause(s[i+2:])
		}
	}
	return s
}

// citedPlace is a number within a work, or the notice that set what is cited of a list.
var citedPlace = regexp.MustCompile(`^(?:[0-9A-Za-z.-]*\d[0-9A-Za-z.-]*|MOFCOM(?:-GAC(?:-CMC)?)? \d{4}-\d+|20\d\d-\d+ with announcements to 20\d\d-\d+|verify)$`)

// citationForms are the forms of citations: what they look like, and how they are said. The first that can be said is.
var citationForms = []struct {
	form *regexp.Regexp
	say  func(m []string) (zh string, ok bool)
}{
	{regexp.MustCompile(`^(.+?),? art\. ([0-9a-z()]+(?:(?:, |-| to )[0-9]+)*)$`), func(m []string) (string, bool) {
		work, ok := citedWorks[m[1]]
		return work + article(m[2]), ok
	}},
	{regexp.MustCompile(`^15 CFR part 732, Supplement No\. 3, red flags? (\d+)(?: to (\d+))?$`), func(m []string) (string, bool) {
		if m[2] != "" {
			return "美国《联邦法规》15 CFR 第732部分附件3，第" + m[1] + "至" + m[2] + "项危险信号", true
		}
		return "美国《联邦法规》15 CFR 第732部分附件3，第" + m[1] + "项危险信号", true
	}},
	{regexp.MustCompile(`^15 CFR (\d[\d.()a-z]*(?:, \d[\d.()a-z]*)*)(?:(?: and)? Supp\. (\d))?$`), func(m []string) (string, bool) {
		zh := "美国《联邦法规》15 CFR " + strings.ReplaceAll(m[1], ", ", "、")
		if m[2] != "" {
			zh += "及附件" + m[2]
		}
		return zh, true
	}},
	{regexp.MustCompile(`^MOFCOM (?:notice )?(\d{4})-(\d+)(?:, paragraph (\d+))?$`), func(m []string) (string, bool) {
		zh := "商务部公告" + m[1] + "年第" + m[2] + "号"
		if m[3] != "" {
			zh += "第" + m[3] + "款"
		}
		return zh, true
	}},
	{regexp.MustCompile(`^MOFCOM-GAC(-CMC)? (\d{4})-(\d+)$`), func(m []string) (string, bool) {
		third := map[string]string{"-CMC": "、中央军委装备发展部"}[m[1]]
		return "商务部、海关总署" + third + "公告" + m[2] + "年第" + m[3] + "号", true
	}},
	{regexp.MustCompile(`^(spokesperson )?statements? (\d{4}-\d\d-\d\d(?: \d{4}-\d\d-\d\d)*)$`), func(m []string) (string, bool) {
		who := map[string]string{"spokesperson ": "发言人"}[m[1]]
		return who + "声明，" + strings.ReplaceAll(m[2], " ", "、"), true
	}},
	{regexp.MustCompile(`^UEL (\d{4})-(\d+)$`), func(m []string) (string, bool) {
		return "不可靠实体清单工作机制公告〔" + m[1] + "〕" + m[2] + "号", true
	}},
	{regexp.MustCompile(`^UEL (\d{4}-\d\d-\d\d)$`), func(m []string) (string, bool) { return "不可靠实体清单工作机制公告，" + m[1], true }},
	{regexp.MustCompile(`^(\d{4})-(\d+) with announcements to (\d{4})-(\d+)$`), func(m []string) (string, bool) {
		return m[1] + "年第" + m[2] + "号公告及至" + m[3] + "年第" + m[4] + "号的后续公告", true
	}},
	{regexp.MustCompile(`^S/RES/(\d+) \((\d{4})\), paragraph (\d+)$`), func(m []string) (string, bool) {
		return "安理会第" + m[1] + "（" + m[2] + "）号决议第" + m[3] + "段", true
	}},
}

// article says which articles of a law are meant, of one also which paragraph and item.
func article(s string) string {
	n, rest, deep := strings.Cut(s, "(")
	if !deep {
		return "第" + strings.NewReplacer(", ", "、", " to ", "至", "-", "至").Replace(s) + "条"
	}
	paragraph, item, deeper := strings.Cut(strings.TrimSuffix(rest, ")"), ")(")
	zh := "第" + n + "条第" + paragraph + "款"
	if deeper {
		zh += "(" + item + ")项"
	}
	return zh
}

// citedWorks are the laws, notices, lists and authorities that the data of this module cite, and what it says of them.
var citedWorks = map[string]string{
	"Export Control Law":      "《出口管制法》",
	"State Council Order 792": "《两用物项出口管制条例》（国务院令第792号）",
	"Regulations on dual-use items (State Council Order 792)":                                      "《两用物项出口管制条例》（国务院令第792号）",
	"Regulations on military product exports":                                                      "《军品出口管理条例》",
	"Regulations on Military Products Export Control":                                              "《军品出口管理条例》",
	"MOFCOM notices on unmanned aircraft":                                                          "商务部关于无人机出口管制的公告",
	"MOFCOM internal compliance guidelines of 2021, risk assessment of destinations":               "商务部2021年两用物项出口管制内部合规指南，目的地风险评估",
	"MOFCOM internal compliance guidelines of 2021, warning signs":                                 "商务部2021年两用物项出口管制内部合规指南，警示信号",
	"MOFCOM prohibition order of 2026-05-02 under the blocking rules of 2021-01-09":                "商务部2026-05-02禁令，依据2021-01-09《阻断外国法律与措施不当域外适用办法》",
	"Provisions on the Unreliable Entity List (MOFCOM Order 2020-4) and the notice of the listing": "《不可靠实体清单规定》（商务部令2020年第4号）及列名公告",
	"MOFCOM prohibition order of 2026-05-02":                                                       "商务部2026-05-02禁令",
	"MOFCOM 2025-61 names 50 per cent affiliates for rare-earth items":                             "商务部公告2025年第61号就稀土物项列明50%关联方",
	"no general rule is known":                                                                     "未见一般性规则",
	"decision of the seller":                                                                       "卖方自行决定",

	"Regulation (EU) 2021/821":               "欧盟第2021/821号条例",
	"Recommendation (EU) 2019/1318, Annex 2": "欧盟第2019/1318号建议附件2",
	"EU best practices on restrictive measures, as updated in July 2024 (before: more than 50 per cent, to be verified)": "欧盟限制性措施最佳实践（2024年7月更新；此前为超过50%；待核实）",
	"The EU regulation named in the entry": "条目所载欧盟条例",
	"The UK regulations named in the entry, under the Sanctions and Anti-Money Laundering Act 2018": "条目所载英国条例，依据《2018年制裁与反洗钱法》",
	"Guidance of the French dual-use authority (SBDU) on warning signs":                             "法国两用物项主管机关（SBDU）警示信号指引",

	"15 CFR 744.11, 744.21 as amended by the affiliates rule of 2025-09-29": "美国《联邦法规》15 CFR 744.11、744.21，经2025-09-29关联方规则修订",
	"15 CFR 744.16(f) of June 2024":                                         "美国《联邦法规》15 CFR 744.16(f)（2024年6月）",
	"31 CFR chapter V":                                                      "美国《联邦法规》31 CFR 第五章",
	"BIS interim final rule (affiliates)":                                   "美国商务部工业与安全局（BIS）暂行最终规则（关联方）",
	"interim final rule":                                                    "暂行最终规则",
	"90 FR interim final rule":                                              "《联邦公报》第90卷暂行最终规则",
	"BIS affiliates rule":                                                   "美国商务部工业与安全局（BIS）关联方规则",
	"BIS Common High Priority list of 2024-02-23":                           "美国商务部工业与安全局（BIS）共同高优先级清单，2024-02-23",
	"BIS guidance of July 2024 on addresses and diversion":                  "美国商务部工业与安全局（BIS）2024年7月关于地址与转移的指引",
	"FinCEN and BIS joint alerts":                                           "美国FinCEN与BIS联合警示",
	"FinCEN and BIS joint alert FIN-2023-Alert004":                          "美国FinCEN与BIS联合警示 FIN-2023-Alert004",
	"FinCEN and BIS notice FIN-2023-NTC2 of November 2023":                  "美国FinCEN与BIS 2023年11月通知 FIN-2023-NTC2",
	"OFAC guidance of 2014-08-13":                                           "美国财政部海外资产控制办公室（OFAC）2014-08-13指引",
	"OFAC guidance of 2014-08-13 on entities owned by blocked persons":      "美国财政部海外资产控制办公室（OFAC）2014-08-13关于被冻结人员所拥有实体的指引",
	"The programme named in the entry":                                      "条目所载制裁项目",
	"The programme's executive order or directive":                          "该制裁项目的行政令或指令",

	"METI Foreign End User List":                  "日本经济产业省外国最终用户清单",
	"Strategic high-tech commodities entity list": "战略性高科技货品实体清单",
	"Wassenaar Arrangement, Statement of Understanding on Control of Non-Listed Dual-Use Items (2003)": "《瓦森纳安排》关于未列名两用物项管制的谅解声明（2003年）",
	"China's dual-use export control list":          "中国两用物项出口管制清单",
	"China's military products export control list": "中国军品出口管理清单",
	"verify": "待核实",
	"Multilateral dual-use entries (EU 2021/821 Annex I numbering)": "多边两用物项条目（按欧盟第2021/821号条例附件一编号）",
	"Common High Priority List, 2024-02-23 (HS 2022)":               "共同高优先级清单，2024-02-23（HS 2022）",

	"United Nations Security Council consolidated list":                       "联合国安理会综合名单",
	"Resolution of the Security Council that made the listing":                "作出该列名的安理会决议",
	"binding on all states":                                                   "对所有国家具有约束力",
	"Security Council resolutions as in table un_embargo":                     "安理会决议，见 un_embargo 表",
	"Sanctions regulations, ownership and control test":                       "制裁法规的所有权与控制标准",
	"Asset freeze reaches what is owned or controlled directly or indirectly": "资产冻结及于直接或间接拥有或控制者",
	"the share is this policy's own choice":                                   "所占比例由本政策自定",
	"The list's own entry":                                                    "名单条目本身",
	"The control list's own entry":                                            "管制清单条目本身",
}

package icp

import "github.com/ordergate/ordergate/screening"

// The words of a programme file, as people read them.

// Text says the topic in both languages, as do the methods of this name below.
func (t Topic) Text() Text         { return topicTexts[t] }
func (k UnitKind) Text() Text      { return unitTexts[k] }
func (a Area) Text() Text          { return areaTexts[a] }
func (r Reach) Text() Text         { return reachTexts[r] }
func (k EventKind) Text() Text     { return eventTexts[k] }
func (k RemedyKind) Text() Text    { return remedyTexts[k] }
func (t StopTrigger) Text() Text   { return stopTexts[t] }
func (a Audience) Text() Text      { return audienceTexts[a] }
func (t TrainingTopic) Text() Text { return trainingTexts[t] }
func (s AuditStep) Text() Text     { return auditTexts[s] }
func (k FileKind) Text() Text      { return fileTexts[k] }
func (c Chapter) Text() Text       { return chapterTexts[c] }

var (
	topicTexts = map[Topic]Text{
		"purpose":      {En: "what export control is for", Zh: "出口管制合规的目的和意义"},
		"obey_law":     {En: "that the law is obeyed", Zh: "承诺遵守法律法规"},
		"never_breach": {En: "that no business is done in breach of it", Zh: "承诺任何情况下不从事违规业务"},
		"support":      {En: "that the management supports compliance", Zh: "对合规工作的支持"},
		"risk_review":  {En: "that risks are reviewed before business", Zh: "承诺业务前评估审查风险"},
		"staff_duty":   {En: "what is expected of staff", Zh: "对员工的要求"},
		"consequences": {En: "what a breach leads to", Zh: "违规的风险和处罚"},
	}

	unitTexts = map[UnitKind]Text{
		"decision":   {En: "level of decision", Zh: "决策层"},
		"committee":  {En: "committee", Zh: "委员会"},
		"compliance": {En: "compliance department", Zh: "合规部门"},
		"business":   {En: "business unit with duties of its own", Zh: "承担合规职责的业务单位"},
	}

	areaTexts = map[Area]Text{
		"items":         {En: "items", Zh: "经营物项"},
		"customers":     {En: "customers", Zh: "客户"},
		"technology":    {En: "technology and development", Zh: "技术与研发"},
		"operations":    {En: "internal operations", Zh: "内部运作"},
		"information":   {En: "export control information", Zh: "出口管制相关信息"},
		"third_parties": {En: "third parties", Zh: "第三方合作伙伴"},
	}

	stageTexts = map[screening.Stage]Text{
		screening.PreContract:        {En: "before the contract is signed", Zh: "签约前"},
		screening.LicenceApplication: {En: "before a licence is applied for", Zh: "申请许可"},
		screening.BeforeShipment:     {En: "before shipment", Zh: "发货前"},
		screening.AfterSales:         {En: "of after-sales service", Zh: "售后服务"},
	}

	reachTexts = map[Reach]Text{
		EveryOrder: {En: "every order goes to the last level of decision", Zh: "所有订单均须报最高审批级决定"},
		HeldOrders: {En: "orders that screening holds are decided on, at the first level with the authority for it; others go on", Zh: "仅对筛查拦截的订单进行审批，由具备权限的最低一级决定；其他订单继续办理"},
	}

	eventTexts = map[EventKind]Text{
		Opened:        {En: "opening of a case", Zh: "立案"},
		Assigned:      {En: "assignment", Zh: "分派"},
		Questioned:    {En: "question", Zh: "提问"},
		Answered:      {En: "answer", Zh: "答复"},
		DocumentAdded: {En: "document filed", Zh: "补充文件"},
		Voted:         {En: "vote", Zh: "投票"},
		Vetoed:        {En: "veto", Zh: "否决"},
		Escalated:     {En: "escalation", Zh: "升级"},
		Decided:       {En: "decision", Zh: "决定"},
		ConditionMet:  {En: "condition met", Zh: "条件满足"},
		Released:      {En: "release", Zh: "放行"},
		Voided:        {En: "voiding of a release", Zh: "放行失效"},
		Rescreened:    {En: "screening again", Zh: "重新筛查"},
		Closed:        {En: "closing of a case", Zh: "结案"},
	}

	remedyTexts = map[RemedyKind]Text{
		"suspend_contract": {En: "suspending the contract", Zh: "中止合同"},
		"stop_shipment":    {En: "stopping shipment", Zh: "停止发货"},
		"recall_goods":     {En: "recalling goods in transit", Zh: "追回在途货物"},
		"mend_system":      {En: "mending the rules", Zh: "完善内部制度"},
	}

	stopTexts = map[StopTrigger]Text{
		EndUserChanged:      {En: "the end user has changed or may change", Zh: "最终用户已经或者可能改变"},
		EndUseChanged:       {En: "the end use has changed or may change", Zh: "最终用途已经或者可能改变"},
		CertificateForged:   {En: "a certificate is forged or altered", Zh: "证明文件系伪造、变造"},
		CertificateLapsed:   {En: "a certificate has lapsed", Zh: "证明文件失效"},
		CertificateByDeceit: {En: "a certificate was obtained by deceit", Zh: "以欺骗等不正当手段取得证明文件"},
	}

	audienceTexts = map[Audience]Text{
		"everyone":   {En: "everyone", Zh: "全体员工"},
		"business":   {En: "business units", Zh: "业务部门"},
		"compliance": {En: "the compliance department", Zh: "合规部门"},
	}

	trainingTexts = map[TrainingTopic]Text{
		"concept":          {En: "what export control compliance is", Zh: "合规的概念和意义"},
		"policy":           {En: "the company's policy", Zh: "本企业合规政策"},
		"own_duty":         {En: "everybody's own duty", Zh: "员工自身职责"},
		"contacts":         {En: "whom to ask", Zh: "联系人和联系方式"},
		"risks":            {En: "the risks of a breach", Zh: "违规风险"},
		"internal_rules":   {En: "the company's rules", Zh: "内部合规制度"},
		"review_flow":      {En: "the flow of review", Zh: "审查流程"},
		"end_user_end_use": {En: "checking end user and end use", Zh: "最终用户和最终用途审查"},
		"screening_tools":  {En: "the screening tools", Zh: "筛查工具"},
		"reporting":        {En: "reporting what is wrong", Zh: "违规报告和处理"},
		"law":              {En: "the law", Zh: "法律法规"},
		"control_lists":    {En: "the control lists", Zh: "管制清单"},
		"foreign_rules":    {En: "the rules of other countries", Zh: "境外规则"},
		"practice":         {En: "good practice elsewhere", Zh: "先进经验"},
	}

	auditTexts = map[AuditStep]Text{
		"choose_units":      {En: "choosing the units", Zh: "确定审计对象"},
		"prepare_templates": {En: "preparing templates", Zh: "准备审计模板"},
		"collect_papers":    {En: "collecting papers", Zh: "收集书面材料"},
		"interview":         {En: "interviews", Zh: "人员访谈"},
		"examine":           {En: "examining practice", Zh: "查找问题"},
		"report":            {En: "the report", Zh: "撰写审计报告"},
		"feedback":          {En: "telling the unit", Zh: "向被审计部门反馈"},
		"tell_management":   {En: "telling the management", Zh: "向管理层汇报"},
		"follow_up":         {En: "follow-up", Zh: "整改跟踪"},
	}

	fileTexts = map[FileKind]Text{
		"product_specifications": {En: "product specifications", Zh: "产品规格"},
		"trade_papers":           {En: "inquiries, orders, contracts, invoices, waybills and transfers", Zh: "询盘、订单、合同、发票、运单和转账记录"},
		"authority_exchanges":    {En: "exchanges with authorities", Zh: "与政府部门的往来"},
		"customer_screening":     {En: "customer screening", Zh: "客户筛查记录"},
		"end_use_papers":         {En: "end-user and end-use papers", Zh: "最终用户和最终用途文件"},
		"licence_applications":   {En: "licence applications", Zh: "许可申请文件"},
		"licence_decisions":      {En: "licence decisions", Zh: "许可审批文件"},
		"export_performance":     {En: "how exports were carried out", Zh: "出口执行情况"},
		"rules_and_minutes":      {En: "rules, minutes and resolutions", Zh: "制度、会议纪要和决议"},
		"violations":             {En: "violations and measures", Zh: "违规问题及处理"},
		"training":               {En: "training", Zh: "培训记录和材料"},
		"audit_reports":          {En: "audit reports", Zh: "审计报告"},
		"visits":                 {En: "visits", Zh: "来访记录"},
		"other":                  {En: "other papers", Zh: "其他文件"},
	}

	chapterTexts = map[Chapter]Text{
		"policy":         {En: "Policy statement", Zh: "政策声明"},
		"law":            {En: "Outline of the law", Zh: "法律法规概要"},
		"rules":          {En: "Policy and rules of the company", Zh: "合规政策和制度"},
		"organisation":   {En: "Organisation and duties", Zh: "组织机构和职责"},
		"people":         {En: "People and how to reach them", Zh: "人员名单及联系方式"},
		"identification": {En: "Identifying and screening items", Zh: "物项识别和筛查"},
		"risk":           {En: "Risk assessment and results", Zh: "风险评估及结果"},
		"procedure":      {En: "Review flow and key points", Zh: "审查流程和重点"},
		"violations":     {En: "Reporting and handling of breaches", Zh: "违规报告和处理"},
		"training":       {En: "Training", Zh: "培训"},
		"authorities":    {En: "Contacts of the authorities", Zh: "主管部门联系方式"},
	}
)

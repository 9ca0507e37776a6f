/**
 * Statutory time limits: `wd` working days (they need the yearly calendar of the State Council), `cd` calendar days, `m` months. Keys are
 * the processes.
 */
import type { Row } from "../row.js"

export const deadlines: readonly Row[] = [
  { key: "enrolment.person", from: "2023-12-01", to: null, value: "10wd", document: "社会保险经办条例", source: "社会保险经办条例 Art 6", confidence: "official", note: "enrolment.person; from application" },
  { key: "enrolment.unit-change", from: "2023-12-01", to: null, value: "10wd", document: "社会保险经办条例", source: "社会保险经办条例 Art 10", confidence: "official", note: "enrolment.unitChange/deregister; from application" },
  { key: "enrolment.employer-registers-worker", from: "2011-07-01", to: null, value: "30cd", document: "社会保险法", source: "社会保险法 Art 58", confidence: "official", note: "enrolment.employer registers worker; from start of employment" },
  { key: "pension-transfer.letter", from: "2010-01-01", to: null, value: "15wd", document: "国办发〔2009〕66号", source: "国办发〔2009〕66号 Art 8", confidence: "secondary", note: "pensionTransfer.1 new place reviews the application and sends 联系函; from application" },
  { key: "pension-transfer.statement-and-money", from: "2010-01-01", to: null, value: "15wd", document: "国办发〔2009〕66号", source: "国办发〔2009〕66号 Art 8", confidence: "secondary", note: "pensionTransfer.2 old place checks, sends 信息表 and money, ends the relation; from receipt of 联系函" },
  { key: "pension-transfer.booking", from: "2010-01-01", to: null, value: "15wd", document: "国办发〔2009〕66号", source: "国办发〔2009〕66号 Art 8", confidence: "secondary", note: "pensionTransfer.3 new place books and tells the person; from receipt of 信息表 and money" },
  { key: "pension-transfer.total", from: "2010-01-01", to: null, value: "45wd", document: "国办发〔2009〕66号", source: "国办发〔2009〕66号 Art 8", confidence: "secondary", note: "pensionTransfer.total" },
  { key: "pension-transfer.untransferable-notice", from: "2019-09-29", to: null, value: "10wd", document: "人社厅发〔2019〕94号", source: "人社厅发〔2019〕94号", confidence: "secondary", note: "pensionTransfer.untransferableYears: old place tells the person in writing; from receipt of 联系函" },
  { key: "public-sector.leaver-to-hukou", from: "2017-01-01", to: null, value: "15wd", document: "人社厅发〔2017〕7号", source: "人社厅发〔2017〕7号", confidence: "secondary", note: "publicSector leaver without new job: relation moves to hukou enterprise scheme" },
  { key: "urban-rural-link.step", from: "2014-07-01", to: null, value: "15wd", document: "人社部发〔2014〕17号", source: "人社部发〔2014〕17号 annex 经办规程", confidence: "secondary", note: "urbanRuralLink each of three steps" },
  { key: "medical-transfer.out", from: "2021-12-01", to: null, value: "10wd", document: "医保办发〔2021〕43号", source: "医保办发〔2021〕43号", confidence: "secondary", note: "medicalTransfer.out" },
  { key: "medical-transfer.in", from: "2021-12-01", to: null, value: "5wd", document: "医保办发〔2021〕43号", source: "医保办发〔2021〕43号", confidence: "secondary", note: "medicalTransfer.in" },
  { key: "unemployment-transfer.letter", from: "2021-11-01", to: null, value: "5wd", document: "人社厅发〔2021〕85号", source: "人社厅发〔2021〕85号", confidence: "secondary", note: "unemploymentTransfer.联系函" },
  { key: "unemployment-transfer.statement", from: "2021-11-01", to: null, value: "5wd", document: "人社厅发〔2021〕85号", source: "人社厅发〔2021〕85号", confidence: "secondary", note: "unemploymentTransfer.信息表" },
  { key: "unemployment-transfer.money", from: "2021-11-01", to: null, value: "1m", document: "人社厅发〔2021〕85号", source: "人社厅发〔2021〕85号", confidence: "secondary", note: "unemploymentTransfer.money" },
  { key: "benefit.pension-application", from: "2023-12-01", to: null, value: "20wd", document: "社会保险经办条例", source: "社会保险经办条例 Art 18", confidence: "official", note: "benefit.pensionApplication; from application" },
  { key: "benefit.unemployment", from: "2023-12-01", to: null, value: "10wd", document: "社会保险经办条例", source: "社会保险经办条例 Art 24", confidence: "official", note: "benefit.unemployment" },
  { key: "benefit.maternity-allowance", from: "2023-12-01", to: null, value: "10wd", document: "社会保险经办条例", source: "社会保险经办条例 Art 20", confidence: "official", note: "benefit.maternityAllowance" },
  { key: "benefit.medical-manual-claim", from: "2023-12-01", to: null, value: "30wd", document: "社会保险经办条例", source: "社会保险经办条例 Art 20", confidence: "official", note: "benefit.medicalManualClaim" },
  { key: "benefit.stop-event-notice", from: "2023-12-01", to: null, value: "20wd", document: "社会保险经办条例", source: "社会保险经办条例 Art 25", confidence: "official", note: "benefit.stopEventNotice by employer/family; from event" },
  { key: "unemployed.list-notice", from: "2011-07-01", to: null, value: "15cd", document: "社会保险法", source: "社会保险法 Art 50", confidence: "official", note: "unemployed.listNotice by employer; from end of employment" },
  { key: "retirement.early-notice", from: "2025-01-01", to: null, value: "3m", document: "实施弹性退休制度暂行办法", source: "实施弹性退休制度暂行办法 written notice before", confidence: "secondary", note: "retirement.early flexible notice to employer" },
  { key: "retirement.late-agreement", from: "2025-01-01", to: null, value: "1m", document: "实施弹性退休制度暂行办法", source: "实施弹性退休制度暂行办法 written agreement before", confidence: "secondary", note: "retirement.late flexible agreement" },
  { province: "15", region: "呼和浩特", key: "duplicate-clearing", from: "2024-01", to: null, value: "22wd", source: "local service pledge, undated", confidence: "secondary", note: "date of the pledge not known" },
]

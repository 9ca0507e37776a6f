/** The answers the pages show, by the services' own OpenAPI documents. */
import type { paths as AuditPaths } from "../generated/audit.js"
import type { paths as DuplicatesPaths } from "../generated/duplicates.js"
import type { paths as NationalPaths } from "../generated/national.js"
import type { paths as TransferPaths } from "../generated/transfer.js"

type Json<Response> = Response extends { readonly content: { readonly "application/json": infer Body } } ? Body : never

export type RecordAnswer = Json<NationalPaths["/national/persons/{key}/record"]["get"]["responses"][200]>
export type UnifiedRecord = RecordAnswer["record"]
export type Cell = UnifiedRecord["months"][string][string][number]
export type Gap = UnifiedRecord["gaps"][number]
export type Relation = UnifiedRecord["relations"][number]
export type Segment = UnifiedRecord["segments"][number]
export type TransferCase = UnifiedRecord["cases"]["transfers"][number]
export type OverlapCase = UnifiedRecord["cases"]["overlaps"][number]
export type Freshness = RecordAnswer["freshness"][number]
export type Match = Json<NationalPaths["/national/persons/lookup"]["post"]["responses"][200]>["matches"][number]
export type ExplainAnswer = Json<NationalPaths["/national/persons/{key}/explain"]["get"]["responses"][200]>
export type ExplainedNumber = NonNullable<
  NonNullable<NationalPaths["/national/persons/{key}/explain"]["get"]["parameters"]["query"]>["number"]
>
export type Access = Json<NationalPaths["/national/persons/{key}/accesses"]["get"]["responses"][200]>["accesses"][number]
export type Application = Json<TransferPaths["/transfer/{id}"]["get"]["responses"][200]>
export type HistoryStep = Json<AuditPaths["/audit/persons/{key}/history"]["get"]["responses"][200]>["steps"][number]
export type MonthChange = NonNullable<HistoryStep["months"]>[number]
export type DiffAnswer = Json<NationalPaths["/national/persons/{key}/diff"]["get"]["responses"][200]>
export type ProofLogAnswer = Json<AuditPaths["/audit/proof/log"]["get"]["responses"][200]>
export type Job = Json<AuditPaths["/audit/jobs"]["get"]["responses"][200]>[number]
export type BooksAnswer = Json<AuditPaths["/audit/books"]["get"]["responses"][200]>
export type BooksRow = BooksAnswer["rows"][number]
export type PostingsAnswer = Json<AuditPaths["/audit/books/postings"]["get"]["responses"][200]>
export type SampleAnswer = Json<AuditPaths["/audit/sample"]["get"]["responses"][200]>
export type ReviewAnswer = Json<AuditPaths["/audit/accesses"]["get"]["responses"][200]>
export type PaidAnswer = Json<NationalPaths["/national/persons/{key}/paid"]["get"]["responses"][200]>
export type CoverageAnswer = Json<NationalPaths["/national/statistics/coverage"]["get"]["responses"][200]>
export type CoverageProvince = CoverageAnswer["provinces"][number]
export type CoverageCell = CoverageProvince["cells"][number]
export type CoverageTrend = Json<NationalPaths["/national/statistics/coverage/trend"]["get"]["responses"][200]>
export type Payer = PaidAnswer["payers"][number]
export type PaidMonth = Payer["months"][number]
export type Preview = Json<TransferPaths["/transfer/preview"]["get"]["responses"][200]>
export type AppealList = Json<NationalPaths["/national/appeals"]["get"]["responses"][200]>
export type AppealSummary = AppealList["appeals"][number]
export type Appeal = Json<NationalPaths["/national/appeals/{id}"]["get"]["responses"][200]>
export type SimulateBody = NonNullable<
  NationalPaths["/national/persons/{key}/simulate"]["post"]["requestBody"]
>["content"]["application/json"]
export type SimulateAnswer = Json<NationalPaths["/national/persons/{key}/simulate"]["post"]["responses"][200]>

type QueuePath = TransferPaths["/transfer/queue"]["get"]
export type Queue = Json<QueuePath["responses"][200]>
export type Task = Queue["tasks"][number]
export type StatementDraft = Json<TransferPaths["/transfer/{id}/legs/{province}/draft"]["get"]["responses"][200]>
export type Leg = Application["legs"][number]
export type DuplicateQueue = Json<NationalPaths["/national/overlaps"]["get"]["responses"][200]>
export type Duplicate = Json<DuplicatesPaths["/duplicates/cases/{person}/{family}/{case}"]["get"]["responses"][200]>
export type OverlapPreview = Json<NationalPaths["/national/persons/{key}/overlaps/{case}/preview"]["get"]["responses"][200]>
export type PaperSummary = Json<AuditPaths["/audit/workpapers"]["get"]["responses"][200]>["engagements"][number]
export type Paper = Json<AuditPaths["/audit/workpapers/{engagement}"]["get"]["responses"][200]>
export type PaperSample = Paper["samples"][number]
export type PaperNote = Paper["notes"][number]

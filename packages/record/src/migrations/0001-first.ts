/** First shape of the read model. Few indexes and room on the pages: every payment rewrites a row. */
import { type Kysely, sql } from "kysely"

const statements = [
  `create table person_record (
     person_key text collate "C" primary key, state json not null, sex text, hukou text, birth_month text, died_on text,
     name_index text, events integer not null, position text collate "C" not null, recorded_at bigint not null
   ) with (fillfactor = 70)`,
  `create index person_record_name on person_record (name_index)`,
  `create table relation (
     person_key text collate "C", province text, scheme text, revision integer not null, status text not null, capacity text,
     employer text, temporary boolean not null, sex text, from_month text, to_month text,
     primary key (person_key, province, scheme)
   ) with (fillfactor = 80)`,
  `create table coverage (
     province text, scheme text, sex text, relations bigint not null, open bigint not null, months bigint not null,
     account_fen bigint not null, primary key (province, scheme, sex)
   ) with (fillfactor = 50)`,
  `create table transfer (
     transfer_id text primary key, person_key text not null, revision integer not null, scheme text not null, status text not null,
     to_province text not null, requested_on text, ended_on text, legs integer not null, legs_open integer not null,
     escalated boolean not null, due text
   ) with (fillfactor = 80)`,
  `create index transfer_person on transfer (person_key)`,
  `create index transfer_open on transfer (status, due)`,
  `create table transfer_leg (
     transfer_id text, from_province text, revision integer not null, outcome text not null, step text, due text not null,
     letter_no text, disputed text, escalated boolean not null, months integer not null, account_fen bigint not null,
     pooled_fen bigint not null, primary key (transfer_id, from_province)
   ) with (fillfactor = 80)`,
  `create index transfer_leg_province on transfer_leg (from_province, outcome)`,
  `create table overlap_case (
     person_key text, case_id text, family text not null, revision integer not null, kind text not null, status text not null,
     side_a text not null, side_b text not null, province_a text not null, province_b text not null, months integer not null,
     recommended text, keep text, since bigint not null, primary key (person_key, case_id)
   ) with (fillfactor = 80)`,
  `create index overlap_case_status on overlap_case (status, since)`,
  `create table benefit_claim (
     person_key text, scheme text, claim text, revision integer not null, province text not null, status text not null, held text,
     held_for text, from_month text not null, to_month text, monthly_fen bigint, paid_fen bigint not null,
     overpaid_fen bigint not null, recovered_fen bigint not null, primary key (person_key, scheme, claim)
   ) with (fillfactor = 80)`,
  `create index benefit_claim_held on benefit_claim (held) where held is not null`,
  `create table feed (
     province text, feed_id text, revision integer not null, file_name text, file_hash text, format text, encoding text,
     size_bytes bigint, rows integer, events integer, accepted integer, unchanged integer, refused integer, paid_fen bigint,
     receipt_no text, received_at bigint, settled_at bigint, primary key (province, feed_id)
   )`,
  `create table freshness (
     province text primary key, received_at bigint, settled_at bigint, last_event_at bigint, feeds integer not null,
     rows bigint not null
   )`,
  `create table base_limit (
     province text, from_month text, revision integer not null, floor_fen bigint not null, ceiling_fen bigint not null,
     source text not null, primary key (province, from_month)
   )`,
  `create table quarantine (
     person_key text primary key, stream text not null, revision integer not null, cause text not null, since bigint not null,
     attempts integer not null
   )`,
  `create table checkpoint (name text primary key, position text collate "C" not null)`,
]

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

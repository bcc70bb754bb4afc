CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE identity (id_hash TEXT PRIMARY KEY, county TEXT NOT NULL, person BIGINT NOT NULL);

CREATE TABLE household (
  county TEXT NOT NULL, household BIGINT NOT NULL, village TEXT NOT NULL, bureau_no TEXT NOT NULL,
  head BIGINT NOT NULL, address TEXT NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (county, household));
CREATE UNIQUE INDEX household_by_bureau_no ON household (county, village, bureau_no);

CREATE TABLE person (
  county TEXT NOT NULL, person BIGINT NOT NULL, household BIGINT NOT NULL, position BIGINT NOT NULL, village TEXT NOT NULL,
  name TEXT NOT NULL, name_key TEXT NOT NULL, id_number TEXT NOT NULL, id_hash TEXT NOT NULL, id_tail TEXT NOT NULL,
  birth_on TEXT NOT NULL, relation TEXT NOT NULL, phone TEXT NOT NULL, is_invented BIGINT NOT NULL,
  PRIMARY KEY (county, person));
CREATE INDEX person_by_name ON person (name_key, village, person);
CREATE INDEX person_by_tail ON person (id_tail, village, person);
CREATE INDEX person_by_household ON person (county, household, position);

CREATE TABLE account (
  county TEXT NOT NULL, person BIGINT NOT NULL, version BIGINT NOT NULL, holder TEXT NOT NULL, number TEXT NOT NULL,
  bank TEXT NOT NULL, is_frozen BIGINT NOT NULL,
  PRIMARY KEY (county, person));
CREATE TABLE account_history (
  county TEXT NOT NULL, person BIGINT NOT NULL, version BIGINT NOT NULL, holder TEXT NOT NULL, number TEXT NOT NULL,
  bank TEXT NOT NULL, entered_by TEXT NOT NULL, verified_by TEXT NOT NULL, at TEXT NOT NULL, batch TEXT NOT NULL,
  PRIMARY KEY (county, person, version));
CREATE INDEX account_history_by_batch ON account_history (county, batch);

CREATE TABLE household_facts (
  county TEXT NOT NULL, household BIGINT NOT NULL, version BIGINT NOT NULL, true_from TEXT NOT NULL, recorded_at TEXT NOT NULL,
  source TEXT NOT NULL, facts TEXT NOT NULL, digest TEXT NOT NULL, batch TEXT NOT NULL,
  PRIMARY KEY (county, household, version));
CREATE INDEX household_facts_by_batch ON household_facts (county, batch);

CREATE TABLE award (
  county TEXT NOT NULL, award BIGINT NOT NULL, household BIGINT NOT NULL, person BIGINT NOT NULL, village TEXT NOT NULL,
  programme TEXT NOT NULL, amount BIGINT NOT NULL, from_month TEXT NOT NULL, until_month TEXT, case_id BIGINT, batch TEXT NOT NULL,
  PRIMARY KEY (county, award));
CREATE UNIQUE INDEX award_once ON award (county, person, programme, from_month);
CREATE INDEX award_by_household ON award (county, household);
CREATE INDEX award_by_batch ON award (county, batch);
CREATE TABLE award_member (
  county TEXT NOT NULL, award BIGINT NOT NULL, person BIGINT NOT NULL,
  PRIMARY KEY (county, award, person));

CREATE TABLE department_record (
  id_hash TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, as_of TEXT NOT NULL, name_key TEXT NOT NULL, facts TEXT NOT NULL,
  PRIMARY KEY (id_hash, source, kind, as_of));
CREATE INDEX department_record_by_kind ON department_record (kind, id_hash);

CREATE TABLE lead (
  county TEXT NOT NULL, lead BIGINT NOT NULL, village TEXT NOT NULL, household BIGINT NOT NULL, person BIGINT NOT NULL,
  programme TEXT NOT NULL, rule TEXT NOT NULL, amount BIGINT, raised_on TEXT NOT NULL, visit_due_on TEXT,
  closed_on TEXT, outcome TEXT,
  PRIMARY KEY (county, lead));
CREATE UNIQUE INDEX lead_once ON lead (county, household, person, programme, rule);

CREATE TABLE case_file (
  county TEXT NOT NULL, case_id BIGINT NOT NULL, number TEXT NOT NULL, household BIGINT NOT NULL, village TEXT NOT NULL,
  programme TEXT NOT NULL, status TEXT NOT NULL, held_by TEXT NOT NULL, handed_in_on TEXT NOT NULL, promise_due_on TEXT,
  statute_due_on TEXT, decided_on TEXT, days_used BIGINT, is_in_time BIGINT, trips BIGINT NOT NULL, seq BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (county, case_id));
CREATE UNIQUE INDEX case_by_number ON case_file (county, number);
CREATE INDEX case_by_desk ON case_file (held_by, village, promise_due_on);
CREATE INDEX case_by_household ON case_file (county, household);

CREATE TABLE event (
  county TEXT NOT NULL, case_id BIGINT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL, on_day TEXT NOT NULL, at TEXT NOT NULL,
  actor TEXT NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (county, case_id, seq));

CREATE TABLE clock (
  county TEXT NOT NULL, case_id BIGINT NOT NULL, kind TEXT NOT NULL, started_on TEXT NOT NULL, due_on TEXT,
  is_paused BIGINT NOT NULL, stopped_on TEXT,
  PRIMARY KEY (county, case_id, kind));

CREATE TABLE notice (
  county TEXT NOT NULL, case_id BIGINT NOT NULL, number TEXT NOT NULL, village TEXT NOT NULL, programme TEXT NOT NULL,
  persons BIGINT NOT NULL, amount BIGINT NOT NULL, posted_on TEXT NOT NULL, until_on TEXT NOT NULL, withdrawn_on TEXT,
  PRIMARY KEY (county, case_id));
CREATE INDEX notice_by_village ON notice (village, until_on);

CREATE TABLE determination (
  county TEXT NOT NULL, case_id BIGINT NOT NULL, programme TEXT NOT NULL, digest TEXT NOT NULL, month TEXT NOT NULL,
  outcome TEXT NOT NULL, amount BIGINT, facts_digest TEXT NOT NULL, document TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (county, case_id, programme, digest));

CREATE TABLE envelope (
  county TEXT NOT NULL, envelope BIGINT NOT NULL, month TEXT NOT NULL, state TEXT NOT NULL, line_count BIGINT NOT NULL,
  line_sum BIGINT NOT NULL, returned_count BIGINT NOT NULL, returned_sum BIGINT NOT NULL, version BIGINT NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (county, envelope));
CREATE UNIQUE INDEX envelope_once ON envelope (county, month);

CREATE TABLE payment_line (
  county TEXT NOT NULL, envelope BIGINT NOT NULL, no BIGINT NOT NULL, person BIGINT NOT NULL, household BIGINT NOT NULL,
  village TEXT NOT NULL, programme TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL, attempt BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0), award BIGINT NOT NULL, account_name TEXT NOT NULL, account TEXT NOT NULL,
  replaces_envelope BIGINT, replaces_no BIGINT,
  PRIMARY KEY (county, envelope, no));
CREATE UNIQUE INDEX payment_once ON payment_line (county, person, programme, month, kind, attempt);
CREATE UNIQUE INDEX payment_replaced_once ON payment_line (county, replaces_envelope, replaces_no);

CREATE TABLE exclusion (
  county TEXT NOT NULL, envelope BIGINT NOT NULL, person BIGINT NOT NULL, programme TEXT NOT NULL, month TEXT NOT NULL,
  reason TEXT NOT NULL, amount BIGINT NOT NULL,
  PRIMARY KEY (county, envelope, person, programme, month));

CREATE TABLE bank_file (
  county TEXT NOT NULL, envelope BIGINT NOT NULL, file_no BIGINT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
  line_count BIGINT NOT NULL, line_sum BIGINT NOT NULL, written_at TEXT NOT NULL,
  PRIMARY KEY (county, envelope, file_no));

CREATE TABLE bank_return (
  county TEXT NOT NULL, envelope BIGINT NOT NULL, no BIGINT NOT NULL, code TEXT NOT NULL, meaning TEXT NOT NULL,
  amount BIGINT NOT NULL, file_digest TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (county, envelope, no));

CREATE TABLE bank_answer (
  county TEXT NOT NULL, envelope BIGINT NOT NULL, file_no BIGINT NOT NULL, confirmed_count BIGINT NOT NULL, confirmed_sum BIGINT NOT NULL,
  returned_count BIGINT NOT NULL, returned_sum BIGINT NOT NULL, file_digest TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (county, envelope, file_no));

CREATE TABLE inbox_file (digest TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, received_at TEXT NOT NULL, outcome TEXT NOT NULL);

CREATE TABLE import_batch (digest TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, by_whom TEXT NOT NULL, outcome TEXT NOT NULL);

CREATE TABLE ledger_entry (
  county TEXT NOT NULL, entry BIGINT NOT NULL, on_day TEXT NOT NULL, memo TEXT NOT NULL, envelope BIGINT, corrects BIGINT,
  PRIMARY KEY (county, entry));
CREATE TABLE ledger_posting (
  county TEXT NOT NULL, entry BIGINT NOT NULL, no BIGINT NOT NULL, account TEXT NOT NULL, fund TEXT NOT NULL, programme TEXT NOT NULL,
  month TEXT NOT NULL, amount BIGINT NOT NULL,
  PRIMARY KEY (county, entry, no));

CREATE TABLE outbox (
  county TEXT NOT NULL, message BIGINT NOT NULL, topic TEXT NOT NULL, subject TEXT NOT NULL, payload TEXT NOT NULL,
  created_at TEXT NOT NULL, sent_at TEXT,
  PRIMARY KEY (county, message));
CREATE INDEX outbox_waiting ON outbox (county, sent_at, message);

CREATE TABLE audit (
  county TEXT NOT NULL, seq BIGINT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL,
  payload TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (county, seq));

CREATE TABLE audit_head (county TEXT PRIMARY KEY, seq BIGINT NOT NULL, hash TEXT NOT NULL);

CREATE TABLE idempotency (county TEXT NOT NULL, request TEXT NOT NULL, answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (county, request));

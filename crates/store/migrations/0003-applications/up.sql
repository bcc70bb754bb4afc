CREATE TABLE application (
  county TEXT NOT NULL, number TEXT NOT NULL, household BIGINT NOT NULL, village TEXT NOT NULL, handed_in_on TEXT NOT NULL,
  asked BIGINT NOT NULL, prefilled BIGINT NOT NULL, reused BIGINT NOT NULL, version BIGINT NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (county, number));
CREATE INDEX application_by_day ON application (handed_in_on, village);
ALTER TABLE award ADD COLUMN gives TEXT NOT NULL DEFAULT 'month';
ALTER TABLE case_file ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN step_since TEXT;
ALTER TABLE case_file ADD COLUMN step_due_on TEXT;
ALTER TABLE case_file ADD COLUMN waits_for TEXT NOT NULL DEFAULT '';
CREATE INDEX case_open ON case_file (village, step) WHERE decided_on IS NULL;
ALTER TABLE notice ADD COLUMN gives TEXT NOT NULL DEFAULT 'month'

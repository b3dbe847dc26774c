-- The raw layer: every accepted row of every imported file, typed, with the file and line it came from.
-- Written by: ingest only. Ids are text; money is integer minor units of the file's currency; timestamps are wall
-- clock of the account's zone. (file_id, line) leads back to the blob. Nothing is dropped here.
CREATE SCHEMA IF NOT EXISTS raw;

-- One row per imported file (a workbook sheet or zip member counts as a file of its own).
CREATE TABLE IF NOT EXISTS raw.files (
  file_id INTEGER PRIMARY KEY,      -- grows with the store position of its file.imported event: newer is larger
  import_id VARCHAR NOT NULL,       -- one import may hold many files and is undone as a whole
  name VARCHAR NOT NULL,            -- as given by the person, e.g. "export.zip/insights.csv"
  blob VARCHAR NOT NULL,            -- sha-256 of the bytes as received
  table_name VARCHAR NOT NULL,      -- campaigns | insights | campaign_leads | lead_status_changes | people | deals
  format VARCHAR NOT NULL,          -- the recognised source, e.g. "leadsmart", "meta-ads-manager", "hubspot"
  level VARCHAR,                    -- insights only: campaign | ad_set | ad
  account VARCHAR,                  -- --account of the import, null where rows find their account themselves
  currency VARCHAR,                 -- from the file's header or mapping; null = the account's
  header JSON NOT NULL,             -- column names as written
  mapping JSON NOT NULL,            -- field → column name, date formats, number format
  rows_read BIGINT NOT NULL,        -- data records, without header, blank lines and total rows
  rows_accepted BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,    -- distinct rejected records
  total_rows BIGINT NOT NULL,       -- "Total" lines of an export, recognised and not counted
  imported_at TIMESTAMP NOT NULL    -- UTC
);

-- At most one row: up to which event of the store leads and statuses that came in one by one are in. Their rows belong to
-- files of format 'live', one per account, table and stretch between two imports; `line` is the position of the event.
CREATE TABLE IF NOT EXISTS raw.live (until BIGINT NOT NULL);

-- One row per campaign line.
CREATE TABLE IF NOT EXISTS raw.campaigns (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  campaign_id VARCHAR NOT NULL, account_id VARCHAR, campaign_name VARCHAR, project_name VARCHAR,
  daily_budget_minor BIGINT, start_time TIMESTAMP, stop_time TIMESTAMP, attributes JSON
);

-- One row per entity of `level` and day.
CREATE TABLE IF NOT EXISTS raw.insights (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  level VARCHAR NOT NULL, account_id VARCHAR, campaign_id VARCHAR NOT NULL, ad_set_id VARCHAR, ad_id VARCHAR,
  campaign_name VARCHAR, ad_set_name VARCHAR, ad_name VARCHAR,
  day DATE NOT NULL, spend_minor BIGINT, impressions BIGINT, clicks BIGINT, reach BIGINT, attributes JSON
);

-- One row per lead line.
CREATE TABLE IF NOT EXISTS raw.campaign_leads (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  lead_id VARCHAR NOT NULL, account_id VARCHAR, campaign_id VARCHAR, ad_set_id VARCHAR, ad_id VARCHAR,
  campaign_name VARCHAR, project_name VARCHAR, form_id VARCHAR, form_name VARCHAR, platform VARCHAR,
  is_organic BOOLEAN, language VARCHAR, name VARCHAR, email VARCHAR, phone VARCHAR, lead_status VARCHAR,
  added_at TIMESTAMP NOT NULL, assigned_to VARCHAR, attributes JSON
);

-- One row per status log line.
CREATE TABLE IF NOT EXISTS raw.lead_status_changes (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  lead_id VARCHAR NOT NULL, status VARCHAR NOT NULL, changed_at TIMESTAMP NOT NULL, attributes JSON
);

-- One row per person of the sales team.
CREATE TABLE IF NOT EXISTS raw.people (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  person_id VARCHAR NOT NULL, name VARCHAR, role VARCHAR, phone VARCHAR, attributes JSON
);

-- One row per deal line (reservation, contract, cancelled).
CREATE TABLE IF NOT EXISTS raw.deals (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  lead_id VARCHAR NOT NULL, stage VARCHAR, value_minor BIGINT, currency VARCHAR, deal_date DATE,
  cancelled_at TIMESTAMP, attributes JSON
);

-- One row per reason for which a record was refused; the record itself is kept whole.
CREATE TABLE IF NOT EXISTS raw.rejects (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  column_name VARCHAR,              -- null where the record as a whole is malformed
  value VARCHAR,                    -- the cell as written, null where there is none
  code VARCHAR NOT NULL,            -- stable reason, e.g. BAD_DATE
  reason VARCHAR NOT NULL,          -- one sentence: what is wrong and how to mend it
  record VARCHAR NOT NULL           -- the record as written, at most 4,000 characters
);

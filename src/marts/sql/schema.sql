-- The marts: what every number on a page is computed from.
-- Written by: marts only. Surrogate keys are dense ranks of the sorted natural keys, so equal inputs give equal keys.
CREATE SCHEMA IF NOT EXISTS marts;

CREATE TABLE IF NOT EXISTS marts.accounts (
  account_key INTEGER NOT NULL, account_id VARCHAR NOT NULL, currency VARCHAR NOT NULL, time_zone VARCHAR NOT NULL,
  all_in_factor DOUBLE NOT NULL     -- (1 + tax) × (1 + fee): net spend → all-in spend
);

CREATE TABLE IF NOT EXISTS marts.projects (
  project_key INTEGER NOT NULL, project_name VARCHAR NOT NULL, project_search VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS marts.campaigns (
  campaign_key INTEGER NOT NULL, campaign_id VARCHAR NOT NULL, account_key INTEGER NOT NULL,
  project_key INTEGER,              -- null: the campaign names no project
  campaign_name VARCHAR, search VARCHAR NOT NULL, daily_budget_minor BIGINT,
  start_time TIMESTAMP, stop_time TIMESTAMP, first_day DATE, last_day DATE
);

-- One row per campaign and day with delivery; money in minor units of the account's currency.
-- Plain columns: exact duplicates dropped. *_raw: with them. *_corrected: after accepted treatments.
CREATE TABLE IF NOT EXISTS marts.campaign_day (
  campaign_key INTEGER NOT NULL, account_key INTEGER NOT NULL, project_key INTEGER,
  day DATE NOT NULL, known_at TIMESTAMP NOT NULL,
  rows INTEGER NOT NULL, spend_minor BIGINT, impressions BIGINT, clicks BIGINT, reach BIGINT,
  rows_raw INTEGER NOT NULL, spend_minor_raw BIGINT, impressions_raw BIGINT, clicks_raw BIGINT, reach_raw BIGINT,
  spend_minor_corrected BIGINT, impressions_corrected BIGINT, clicks_corrected BIGINT, reach_corrected BIGINT
);

-- One row per lead that belongs to a known account.
CREATE TABLE IF NOT EXISTS marts.lead_outcome (
  lead_id VARCHAR NOT NULL, campaign_key INTEGER, account_key INTEGER NOT NULL, project_key INTEGER,
  arrival_at TIMESTAMP NOT NULL, arrival_day DATE NOT NULL, known_at TIMESTAMP NOT NULL,
  copies INTEGER NOT NULL,          -- raw lines of this lead (basis raw counts them)
  corrected BOOLEAN NOT NULL,       -- counts after accepted treatments
  status VARCHAR, stage VARCHAR,    -- current, as the lead table says
  logged BOOLEAN NOT NULL,          -- has at least one row in the status log
  first_touch_at TIMESTAMP,         -- first log row of another stage than `new`
  first_qualified_at TIMESTAMP,     -- first log row of stage qualified, meeting or won
  qualified_within_horizon BOOLEAN, -- such a row at most conversionHorizonDays after arrival; null when not logged
  revenue_minor BIGINT,             -- contracts not cancelled; null where no deals table is known
  assigned_to VARCHAR, file_id INTEGER NOT NULL, line BIGINT NOT NULL
);

-- One row per account and lead status change, for stages as of an earlier moment.
CREATE TABLE IF NOT EXISTS marts.lead_stage_log (
  lead_id VARCHAR NOT NULL, account_key INTEGER NOT NULL, stage VARCHAR, status VARCHAR NOT NULL,
  changed_at TIMESTAMP NOT NULL
);

-- One row: what the warehouse was made from.
CREATE TABLE IF NOT EXISTS marts.built (
  position BIGINT NOT NULL,         -- last store position applied
  definitions_version VARCHAR NOT NULL, code_version VARCHAR NOT NULL
);

-- The staging layer: raw rows after cleaning. Which raw rows do not count, and why, is kept sparse in
-- staging.drops; the staging tables of facts are views over raw without those rows.
-- Written by: quality only. Recomputed from raw and definitions; equal inputs give equal rows.
CREATE SCHEMA IF NOT EXISTS staging;

-- One row per raw row that does not count. reason: exact_duplicate (same file, same content),
-- superseded (a newer file has its natural key), other_level (another level counts for this campaign and day),
-- unresolved (its campaign belongs to no known account yet).
CREATE TABLE IF NOT EXISTS staging.drops (
  table_name VARCHAR NOT NULL, file_id INTEGER NOT NULL, line BIGINT NOT NULL, reason VARCHAR NOT NULL
);

-- One row per campaign: the newest campaign line, else what insights and leads say of it.
CREATE TABLE IF NOT EXISTS staging.campaigns (
  campaign_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, campaign_name VARCHAR,
  project_name VARCHAR,             -- normalised: invisible characters and surplus spaces removed
  project_search VARCHAR,           -- folded for search (case, Arabic letter variants)
  daily_budget_minor BIGINT, currency VARCHAR NOT NULL, start_time TIMESTAMP, stop_time TIMESTAMP,
  attributes JSON, file_id INTEGER, line BIGINT
);

-- One row per distinct raw phone text and region.
CREATE TABLE IF NOT EXISTS staging.phones (
  phone VARCHAR NOT NULL, region VARCHAR NOT NULL,
  e164 VARCHAR, country VARCHAR, valid BOOLEAN NOT NULL, kind VARCHAR, reason VARCHAR
);

-- One row per lead: the newest line of each lead id that counts.
CREATE TABLE IF NOT EXISTS staging.campaign_leads (
  lead_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, campaign_id VARCHAR, ad_set_id VARCHAR, ad_id VARCHAR,
  form_id VARCHAR, form_name VARCHAR, platform VARCHAR, is_organic BOOLEAN, language VARCHAR,
  name VARCHAR, name_search VARCHAR, email VARCHAR, email_valid BOOLEAN,
  phone VARCHAR, phone_e164 VARCHAR, phone_country VARCHAR, phone_valid BOOLEAN,
  lead_status VARCHAR, stage VARCHAR, -- stage null: no status, or a status the map does not know
  added_at TIMESTAMP NOT NULL, assigned_to VARCHAR, attributes JSON,
  copies INTEGER NOT NULL,          -- raw lines with this exact content in the same file
  file_id INTEGER NOT NULL, line BIGINT NOT NULL
);

-- One row per lead, status and time.
CREATE TABLE IF NOT EXISTS staging.lead_status_changes (
  lead_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, status VARCHAR NOT NULL, stage VARCHAR,
  changed_at TIMESTAMP NOT NULL, copies INTEGER NOT NULL, file_id INTEGER NOT NULL, line BIGINT NOT NULL
);

-- One row per deal.
CREATE TABLE IF NOT EXISTS staging.deals (
  lead_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, stage VARCHAR, value_minor BIGINT, currency VARCHAR,
  deal_date DATE, cancelled_at TIMESTAMP, file_id INTEGER NOT NULL, line BIGINT NOT NULL
);

-- One row per raw status that the status map does not know, per source column.
CREATE TABLE IF NOT EXISTS staging.unmapped_statuses (
  account_id VARCHAR, status VARCHAR NOT NULL, source VARCHAR NOT NULL, rows BIGINT NOT NULL
);

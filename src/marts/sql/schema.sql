-- The marts: what every number on a page is computed from.
-- Written by: marts only. Surrogate keys are dense ranks of the sorted natural keys, so equal inputs give equal keys.
CREATE SCHEMA IF NOT EXISTS marts;

CREATE TYPE IF NOT EXISTS marts.stage AS ENUM (
  'new', 'attempting', 'engaged', 'qualified', 'meeting', 'won', 'lost', 'invalid', 'unknown'
);

-- over × scale / under; null where a part is unknown or the denominator is 0. As kpiValue in domain/kpis.ts.
CREATE OR REPLACE MACRO marts.ratio(over_sum, under_sum, scale) AS
  over_sum::DOUBLE * scale / nullif(under_sum, 0);

-- Whether a day had not come yet, where it was told of, at a moment in UTC. Most days are long past, which is cheap to see.
CREATE OR REPLACE MACRO marts.ahead(day, told_at, time_zone) AS
  CASE WHEN day < told_at::DATE - 1 THEN false
       ELSE day > (told_at AT TIME ZONE 'UTC' AT TIME ZONE time_zone)::DATE END;

-- A sum over rows: null where rows are there but none knows the value; without rows 0 where the accounts asked for know
-- such values at all, else null.
CREATE OR REPLACE MACRO marts.total(value_sum, row_count, known) AS
  CASE WHEN coalesce(row_count, 0) > 0 THEN value_sum::BIGINT WHEN known THEN 0 END;

-- A count of leads that are known to be counted: 0 where there are none, null where nobody counted.
CREATE OR REPLACE MACRO marts.counted(count_sum, known) AS CASE WHEN known THEN coalesce(count_sum, 0)::BIGINT END;

-- Whether an account knew such values by the end of a day; without a day, at all.
CREATE OR REPLACE MACRO marts.knew(since, as_of) AS
  since IS NOT NULL AND (as_of IS NULL OR since < as_of::DATE + INTERVAL 1 DAY);

-- The same for the stages of leads: looking back only the log tells them.
CREATE OR REPLACE MACRO marts.knew_stages(staged, logged_since, as_of) AS
  CASE WHEN as_of IS NULL THEN staged ELSE marts.knew(logged_since, as_of) END;

-- Two sums together; null where neither is there.
CREATE OR REPLACE MACRO marts.added(one_sum, other_sum) AS
  CASE WHEN one_sum IS NULL THEN other_sum ELSE one_sum + coalesce(other_sum, 0) END;

-- What is left of a sum without the rows that do not know the other side of a ratio.
CREATE OR REPLACE MACRO marts.with_both(value_sum, lacking_sum) AS value_sum - coalesce(lacking_sum, 0)::BIGINT;

-- Clicks by impressions, over the rows that know both.
CREATE OR REPLACE MACRO marts.ctr(clicks, clicks_lacking, impressions, impressions_lacking) AS
  marts.ratio(marts.with_both(clicks, clicks_lacking), marts.with_both(impressions, impressions_lacking), 1);

-- Net money with tax and fee, in whole minor units, halves away from zero; decimal, so that an exact half stays one.
CREATE OR REPLACE MACRO marts.all_in(net_minor, factor) AS
  CASE WHEN factor = 1 THEN net_minor ELSE round(net_minor * factor::DECIMAL(12, 9))::BIGINT END;

CREATE TABLE IF NOT EXISTS marts.accounts (
  account_key INTEGER NOT NULL, account_id VARCHAR NOT NULL, currency VARCHAR NOT NULL, time_zone VARCHAR NOT NULL,
  all_in_factor DOUBLE NOT NULL,    -- (1 + tax) × (1 + fee): net spend → all-in spend
  currencies VARCHAR[] NOT NULL,    -- of its campaigns, sorted; money of several is never added
  undecided_stages VARCHAR[] NOT NULL, horizon_days INTEGER NOT NULL,
  lag_hours DOUBLE NOT NULL,        -- after the end of a day, until its insights can be known
  -- What its tables know, and since when: the first row that knows it, or infinity where only an import that names the
  -- account brought such a table; null: never. A KPI of what an account does not know is null, not 0.
  spend_since TIMESTAMP, impressions_since TIMESTAMP, clicks_since TIMESTAMP, reach_since TIMESTAMP,
  leads_since TIMESTAMP, logged_since TIMESTAMP,
  staged BOOLEAN NOT NULL,          -- a status of some lead is known, from the lead table or the log
  revenue_since TIMESTAMP,          -- by rows of deals alone
  campaigns INTEGER NOT NULL,
  first_day DATE, end_day DATE,     -- first and last day with delivery or leads
  last_day DATE,                    -- the last that had come when its file was imported
  active_day DATE                   -- the last such day with spend, or with leads within a week after it
);

CREATE TABLE IF NOT EXISTS marts.projects (
  project_key INTEGER NOT NULL, project_name VARCHAR NOT NULL, project_search VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS marts.campaigns (
  campaign_key INTEGER NOT NULL, campaign_id VARCHAR NOT NULL, account_key INTEGER NOT NULL,
  project_key INTEGER,              -- null: the campaign names no project
  campaign_name VARCHAR, search VARCHAR NOT NULL, currency VARCHAR NOT NULL, daily_budget_minor BIGINT,
  start_time TIMESTAMP, stop_time TIMESTAMP,
  first_day DATE, last_day DATE,    -- of delivery; null: never delivered
  known_at TIMESTAMP                -- start or first sign of it, whichever is earlier; null: neither is known
);

-- One row per campaign and day with delivery; money in minor units of the account's currency.
-- Plain columns: exact duplicates dropped. *_raw: with them. *_corrected: after accepted treatments.
-- x_without_y: the part of x that stands in rows which do not know y (both: clicks and impressions); null where all do.
CREATE TABLE IF NOT EXISTS marts.campaign_day (
  campaign_key INTEGER NOT NULL, account_key INTEGER NOT NULL, project_key INTEGER,
  day DATE NOT NULL, known_at TIMESTAMP NOT NULL,
  ahead BOOLEAN NOT NULL,           -- the day had not come when its newest file was imported
  rows INTEGER NOT NULL, spend_minor BIGINT, spend_all_in_minor BIGINT, impressions BIGINT, clicks BIGINT,
  reach BIGINT,
  rows_raw INTEGER NOT NULL, spend_minor_raw BIGINT, spend_all_in_minor_raw BIGINT, impressions_raw BIGINT,
  clicks_raw BIGINT, reach_raw BIGINT,
  rows_corrected INTEGER NOT NULL, spend_minor_corrected BIGINT, spend_all_in_minor_corrected BIGINT,
  impressions_corrected BIGINT, clicks_corrected BIGINT, reach_corrected BIGINT,
  spend_without_impressions BIGINT, spend_without_clicks BIGINT, spend_without_both BIGINT,
  impressions_without_spend BIGINT, impressions_without_clicks BIGINT, clicks_without_spend BIGINT,
  clicks_without_impressions BIGINT,
  spend_without_impressions_raw BIGINT, spend_without_clicks_raw BIGINT, spend_without_both_raw BIGINT,
  impressions_without_spend_raw BIGINT, impressions_without_clicks_raw BIGINT, clicks_without_spend_raw BIGINT,
  clicks_without_impressions_raw BIGINT,
  spend_without_impressions_corrected BIGINT, spend_without_clicks_corrected BIGINT,
  spend_without_both_corrected BIGINT, impressions_without_spend_corrected BIGINT,
  impressions_without_clicks_corrected BIGINT, clicks_without_spend_corrected BIGINT,
  clicks_without_impressions_corrected BIGINT
);

-- One row per basis and campaign with delivery or leads: all its days together, so that the list of all campaigns need
-- not add up every day. Null: nothing of the kind.
CREATE TABLE IF NOT EXISTS marts.campaign_total (
  basis VARCHAR NOT NULL, campaign_key INTEGER NOT NULL, n BIGINT, first_day DATE, last_day DATE, -- of delivery
  spend_minor BIGINT, spend_all_in_minor BIGINT, impressions BIGINT, clicks BIGINT,
  spend_without_impressions BIGINT, spend_without_clicks BIGINT, impressions_without_spend BIGINT,
  impressions_without_clicks BIGINT, clicks_without_spend BIGINT, clicks_without_impressions BIGINT,
  leads BIGINT, judged BIGINT, undecided BIGINT, qualified BIGINT, meetings BIGINT, deals BIGINT
);

-- One row per lead that belongs to a known account, in the order of lead_key.
CREATE TABLE IF NOT EXISTS marts.lead_outcome (
  lead_key INTEGER NOT NULL,        -- rank by arrival, then lead id
  lead_id VARCHAR NOT NULL, campaign_key INTEGER, account_key INTEGER NOT NULL, project_key INTEGER,
  arrival_at TIMESTAMP NOT NULL, arrival_day DATE NOT NULL, known_at TIMESTAMP NOT NULL,
  copies INTEGER NOT NULL,          -- raw lines of this lead (basis raw counts them)
  corrected BOOLEAN NOT NULL,       -- counts as it is after accepted treatments; else not, or as told anew
  status VARCHAR,                   -- as the lead table says; where it says nothing, the last logged one
  stage marts.stage,                -- of that status; unknown where there is none; null: not in the status map
  undecided BOOLEAN NOT NULL,       -- that stage is one in which a lead has not been judged yet
  logged BOOLEAN NOT NULL,          -- has at least one row in the status log
  first_logged_at TIMESTAMP,
  first_touch_at TIMESTAMP,         -- first log row of another stage than `new`
  first_qualified_at TIMESTAMP,     -- first log row of stage qualified, meeting or won
  qualified_within_horizon BOOLEAN, -- such a row at most conversionHorizonDays after arrival; null when not logged
  revenue_minor BIGINT,             -- contracts not cancelled; null where no deals table is known
  assigned_to VARCHAR, file_id INTEGER NOT NULL, line BIGINT NOT NULL,
  ahead BOOLEAN NOT NULL            -- the arrival day had not come when its file was imported
);

-- One row per status change of a lead, for stages as of an earlier moment.
CREATE TABLE IF NOT EXISTS marts.lead_stage_log (
  lead_key INTEGER NOT NULL, lead_id VARCHAR NOT NULL, account_key INTEGER NOT NULL,
  step INTEGER NOT NULL,            -- 1, 2, … in the order of time within the lead
  stage marts.stage, status VARCHAR NOT NULL, changed_at TIMESTAMP NOT NULL,
  corrected BOOLEAN NOT NULL        -- counts after accepted treatments
);

-- One row per lead that counts on the corrected basis, but of whose log treatments leave out a line: as marts.lead_outcome,
-- with what the rest of its log says.
CREATE TABLE IF NOT EXISTS marts.lead_retold AS FROM marts.lead_outcome LIMIT 0;

-- One row per contract of a lead, for revenue as of an earlier moment.
CREATE TABLE IF NOT EXISTS marts.contracts (
  lead_key INTEGER NOT NULL, value_minor BIGINT, deal_date DATE, cancelled_at TIMESTAMP
);

-- One row per treatment, campaign and day on which it changes the corrected basis: by how much, after those before it.
CREATE TABLE IF NOT EXISTS marts.treatment_effects (
  step INTEGER NOT NULL,            -- 1, 2, … in the order of acceptance
  treatment_id VARCHAR NOT NULL, rule VARCHAR NOT NULL,
  campaign_key INTEGER,             -- null: leads without a campaign
  account_key INTEGER NOT NULL, project_key INTEGER, day DATE NOT NULL, known_at TIMESTAMP NOT NULL,
  spend_minor BIGINT NOT NULL, leads BIGINT NOT NULL
);

-- One row per account: its kind. A kind is accounts that know the same things; the least key among them names it.
CREATE OR REPLACE VIEW marts.account_kinds AS
SELECT account_key, min(account_key) OVER (
  PARTITION BY spend_since IS NULL, impressions_since IS NULL, clicks_since IS NULL, reach_since IS NULL,
               leads_since IS NULL, logged_since IS NULL, staged, revenue_since IS NULL) AS kind
FROM marts.accounts;

-- One row per basis, kind of account and day: delivery of all campaigns together, for questions that nothing narrows.
-- account_key is that of the kind, and stands for all its accounts.
CREATE TABLE IF NOT EXISTS marts.day_delivery (
  basis VARCHAR NOT NULL, account_key INTEGER NOT NULL, day DATE NOT NULL, spend_minor BIGINT,
  spend_all_in_minor BIGINT, impressions BIGINT, clicks BIGINT, reach BIGINT, spend_without_impressions BIGINT,
  spend_without_clicks BIGINT, spend_without_both BIGINT, impressions_without_spend BIGINT,
  impressions_without_clicks BIGINT, clicks_without_spend BIGINT, clicks_without_impressions BIGINT
);

-- One row per basis, kind of account, day of arrival and state: how many leads stand there.
CREATE TABLE IF NOT EXISTS marts.day_leads (
  basis VARCHAR NOT NULL, account_key INTEGER NOT NULL, arrival_day DATE NOT NULL, stage marts.stage,
  undecided BOOLEAN NOT NULL, logged BOOLEAN NOT NULL, qualified_within_horizon BOOLEAN,
  first_qualified_at TIMESTAMP,     -- of the last of them; null: none of them ever was
  weight BIGINT NOT NULL, revenue_minor BIGINT
);

-- One row: what the warehouse was made from.
CREATE TABLE IF NOT EXISTS marts.built (
  position BIGINT NOT NULL,         -- last store position applied
  definitions_version VARCHAR NOT NULL, code_version VARCHAR NOT NULL,
  treatments_version VARCHAR NOT NULL -- treatments in force, as project.ts names them
);

-- Delivery and leads on each basis under the same column names; `weight` is how often a lead counts.
CREATE OR REPLACE VIEW marts.delivery_deduplicated AS
SELECT campaign_key, account_key, project_key, day, known_at, rows, spend_minor, spend_all_in_minor, impressions,
       clicks, reach,
       spend_without_impressions, spend_without_clicks, spend_without_both, impressions_without_spend,
       impressions_without_clicks, clicks_without_spend, clicks_without_impressions
FROM marts.campaign_day WHERE rows > 0;

CREATE OR REPLACE VIEW marts.delivery_raw AS
SELECT campaign_key, account_key, project_key, day, known_at, rows_raw AS rows, spend_minor_raw AS spend_minor,
       spend_all_in_minor_raw AS spend_all_in_minor, impressions_raw AS impressions, clicks_raw AS clicks,
       reach_raw AS reach,
       spend_without_impressions_raw AS spend_without_impressions, spend_without_clicks_raw AS spend_without_clicks,
       spend_without_both_raw AS spend_without_both, impressions_without_spend_raw AS impressions_without_spend,
       impressions_without_clicks_raw AS impressions_without_clicks, clicks_without_spend_raw AS clicks_without_spend,
       clicks_without_impressions_raw AS clicks_without_impressions
FROM marts.campaign_day WHERE rows_raw > 0;

CREATE OR REPLACE VIEW marts.delivery_corrected AS
SELECT campaign_key, account_key, project_key, day, known_at, rows_corrected AS rows,
       spend_minor_corrected AS spend_minor, spend_all_in_minor_corrected AS spend_all_in_minor,
       impressions_corrected AS impressions, clicks_corrected AS clicks, reach_corrected AS reach,
       spend_without_impressions_corrected AS spend_without_impressions,
       spend_without_clicks_corrected AS spend_without_clicks, spend_without_both_corrected AS spend_without_both,
       impressions_without_spend_corrected AS impressions_without_spend,
       impressions_without_clicks_corrected AS impressions_without_clicks,
       clicks_without_spend_corrected AS clicks_without_spend,
       clicks_without_impressions_corrected AS clicks_without_impressions
FROM marts.campaign_day WHERE rows_corrected > 0;

CREATE OR REPLACE VIEW marts.leads_deduplicated AS SELECT *, 1 AS weight FROM marts.lead_outcome;
CREATE OR REPLACE VIEW marts.leads_raw AS SELECT *, copies AS weight FROM marts.lead_outcome;
CREATE OR REPLACE VIEW marts.leads_corrected AS
SELECT *, 1 AS weight FROM marts.lead_outcome WHERE corrected
UNION ALL
SELECT *, 1 AS weight FROM marts.lead_retold;

-- The status log on each basis.
CREATE OR REPLACE VIEW marts.log_raw AS FROM marts.lead_stage_log;
CREATE OR REPLACE VIEW marts.log_deduplicated AS FROM marts.lead_stage_log;
CREATE OR REPLACE VIEW marts.log_corrected AS FROM marts.lead_stage_log WHERE corrected;

-- All days of a campaign together on each basis.
CREATE OR REPLACE VIEW marts.total_raw AS
SELECT * EXCLUDE (basis) FROM marts.campaign_total WHERE basis = 'raw';
CREATE OR REPLACE VIEW marts.total_deduplicated AS
SELECT * EXCLUDE (basis) FROM marts.campaign_total WHERE basis = 'deduplicated';
CREATE OR REPLACE VIEW marts.total_corrected AS
SELECT * EXCLUDE (basis) FROM marts.campaign_total WHERE basis = 'corrected';

-- The same of whole days, for questions that neither narrow nor tell accounts apart; see narrow.ts.
CREATE OR REPLACE VIEW marts.whole_delivery_deduplicated AS FROM marts.day_delivery WHERE basis = 'deduplicated';
CREATE OR REPLACE VIEW marts.whole_delivery_raw AS FROM marts.day_delivery WHERE basis = 'raw';
CREATE OR REPLACE VIEW marts.whole_delivery_corrected AS FROM marts.day_delivery WHERE basis = 'corrected';
CREATE OR REPLACE VIEW marts.whole_leads_deduplicated AS FROM marts.day_leads WHERE basis = 'deduplicated';
CREATE OR REPLACE VIEW marts.whole_leads_raw AS FROM marts.day_leads WHERE basis = 'raw';
CREATE OR REPLACE VIEW marts.whole_leads_corrected AS FROM marts.day_leads WHERE basis = 'corrected';

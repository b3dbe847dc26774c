-- The staging layer: raw rows after cleaning. Which raw rows do not count, and why, is kept sparse in
-- staging.drops; staging.insights is a view over raw without those rows.
-- Written by: quality only. Recomputed from raw and definitions; equal inputs give equal rows.
CREATE SCHEMA IF NOT EXISTS staging;

-- Printable ASCII and plain Arabic letters, single spaces between: nearly all texts, told by one look. Such a text is NFC
-- and has nothing to remove; the letters are without tatweel, harakat, hamza marks of their own and digits.
CREATE OR REPLACE MACRO staging.is_plain(text) AS
  regexp_full_match(text, '[!-~\x{0621}-\x{063A}\x{0641}-\x{064A}]+( [!-~\x{0621}-\x{063A}\x{0641}-\x{064A}]+)*');

-- Text as people mean it: NFC, no invisible characters, single inner and no outer spaces; empty is null.
CREATE OR REPLACE MACRO staging.normalise(text) AS
  CASE WHEN staging.is_plain(text) THEN text
       ELSE nullif(trim(regexp_replace(
              regexp_replace(nfc_normalize(text), '[\x{200B}-\x{200F}\x{2060}\x{FEFF}]', '', 'g'),
              '[\s\x{00A0}]+', ' ', 'g')), '') END;

-- Arabic-Indic and Persian digits as Latin ones.
CREATE OR REPLACE MACRO staging.latin_digits(text) AS
  translate(text, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789');

-- Text as people search it: normalised, lower case, one form for Arabic letter variants, no harakat and tatweel.
CREATE OR REPLACE MACRO staging.fold(text) AS
  CASE WHEN regexp_full_match(text, '[!-~]+( [!-~]+)*') THEN lower(text)
       WHEN staging.is_plain(text) THEN translate(lower(text), 'أإآىةؤئ', 'ااايهوي')
       ELSE regexp_replace(
              translate(staging.latin_digits(lower(staging.normalise(text))), 'أإآٱىةؤئ', 'اااايهوي'),
              '[\x{0640}\x{064B}-\x{065F}\x{0670}]', '', 'g') END;

-- The digits of a phone in any form, without the zeros of a trunk or international prefix.
CREATE OR REPLACE MACRO staging.phone_digits(text) AS
  ltrim(regexp_replace(CASE WHEN strlen(text) = length(text) THEN text ELSE staging.latin_digits(text) END,
                       '[^0-9]', '', 'g'), '0');

-- E.164 of an Egyptian mobile, by far the most phones, else null: +20 or 0020, or in Egypt 20, 0 or nothing, then 1, one
-- of 0 1 2 5 and eight digits, with spaces, hyphens or brackets between. All others are the parser's (staging.phones).
CREATE OR REPLACE MACRO staging.egyptian_mobile(text, region) AS
  CASE WHEN regexp_full_match(text, '(\+20|0020)1[0125][0-9]{8}')
            OR (region = 'EG' AND regexp_full_match(text, '(20|0)?1[0125][0-9]{8}'))
       THEN '+20' || right(text, 10)
       WHEN regexp_full_match(text, '(\+20|\(\+20\)|0020)[ ()-]*1[ ()-]*[0125]([ ()-]*[0-9]){8}[ ()-]*')
            OR (region = 'EG' AND regexp_full_match(text,
                  '(2[ ()-]*0[ ()-]*|0[ ()-]*)?1[ ()-]*[0125]([ ()-]*[0-9]){8}[ ()-]*'))
       THEN '+20' || right(translate(text, ' ()-', ''), 10) END;

-- Whether a phone is Egyptian with 11 to 17 national digits, when they have at most ten. Tables whose phones were garbled
-- are full of them.
CREATE OR REPLACE MACRO staging.egyptian_overlong(text) AS regexp_full_match(text, '\+20[1-9][0-9]{10,16}');

-- What an insights row is about at its level: the id, else the names within the parent.
CREATE OR REPLACE MACRO staging.entity(level, campaign_id, ad_set_id, ad_set_name, ad_id, ad_name) AS
  CASE level
    WHEN 'ad_set' THEN coalesce(ad_set_id, campaign_id || chr(31) || coalesce(ad_set_name, ''))
    WHEN 'ad' THEN coalesce(ad_id, coalesce(ad_set_id, campaign_id || chr(31) || coalesce(ad_set_name, ''))
                                   || chr(31) || coalesce(ad_name, ''))
    ELSE campaign_id
  END;

-- One row per set of settings: 0 = the workspace's, others = accounts with an override, complete.
CREATE TABLE IF NOT EXISTS staging.settings (
  settings_id INTEGER NOT NULL, account_id VARCHAR,
  currency VARCHAR NOT NULL, time_zone VARCHAR NOT NULL, region VARCHAR NOT NULL, insight_level VARCHAR,
  undecided_stages VARCHAR[] NOT NULL, horizon_days INTEGER NOT NULL, lag_hours DOUBLE NOT NULL,
  all_in_factor DOUBLE NOT NULL,    -- (1 + tax) × (1 + fee): net spend → all-in spend
  decimals INTEGER NOT NULL,        -- of the currency
  untold_decimals INTEGER NOT NULL  -- in which amounts stand in raw whose account and currency no file told
);

-- The zone of an account; and whether a file writes a field's moments with an offset from UTC.
CREATE OR REPLACE MACRO staging.zone_of(account) AS
  coalesce((SELECT s.time_zone FROM staging.settings AS s WHERE s.account_id = account),
           (SELECT s.time_zone FROM staging.settings AS s WHERE s.settings_id = 0));
CREATE OR REPLACE MACRO staging.with_offset(mapping, field) AS
  contains(coalesce(json_extract_string(mapping, '$.dateFormats.' || field), ''), '%z');

-- One row per set of settings and raw status; matched exactly, never by part.
CREATE TABLE IF NOT EXISTS staging.status_map (
  settings_id INTEGER NOT NULL, status VARCHAR NOT NULL, stage VARCHAR NOT NULL
);

-- The account of a lead: its campaign's, else its own line's or file's, else 'main' where it names a campaign; null =
-- unresolved.
CREATE OR REPLACE MACRO staging.lead_account(of_campaign, of_line, of_file, campaign_name) AS
  coalesce(of_campaign, of_line, of_file, CASE WHEN campaign_name IS NOT NULL THEN 'main' END);

-- One row per account that some row belongs to.
CREATE TABLE IF NOT EXISTS staging.accounts (account_id VARCHAR NOT NULL, settings_id INTEGER NOT NULL);

-- One row per raw row that does not count. reason:
--   superseded       a newer file has its natural key
--   other_level      another level counts for this campaign and day
--   other_currency   its file is in another currency than its campaign's (insights) or account's (deals)
--   unresolved       its campaign or lead belongs to no known account yet
--   inexact_amount   an amount has more decimals than its account's currency, and rounding was not asked for
--   exact_duplicate  same file, same content as an earlier line
--   conflicting_key  same file, same key, other content, and the last line wins (campaigns, leads, status log)
-- A row has one reason, the first of this list that holds. The raw basis counts the last two.
CREATE TABLE IF NOT EXISTS staging.drops (
  table_name VARCHAR NOT NULL, file_id INTEGER NOT NULL, line BIGINT NOT NULL, reason VARCHAR NOT NULL
);

-- Ids that several accounts use, and whose they are in each file. There they go by "id @ account", in every table above
-- and on every page, so that nothing of one account takes the place of another's; "@ ?" where nothing tells whose it is.
CREATE OR REPLACE MACRO staging.in_account(id, account) AS id || ' @ ' || coalesce(account, '?');

CREATE TABLE IF NOT EXISTS staging.campaign_names (
  file_id INTEGER NOT NULL, campaign_id VARCHAR NOT NULL, account_id VARCHAR, -- as the row says
  owner VARCHAR, unique_id VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS staging.lead_names (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL, owner VARCHAR, unique_id VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS staging.lead_mentions (
  file_id INTEGER NOT NULL, lead_id VARCHAR NOT NULL, owner VARCHAR, unique_id VARCHAR NOT NULL
);

-- Amounts that stand in raw with other decimals than their account's currency has, as the file did not tell the account.
CREATE TABLE IF NOT EXISTS staging.amount_scales (
  file_id INTEGER NOT NULL, campaign_id VARCHAR NOT NULL, -- the unique id
  typed INTEGER NOT NULL, own INTEGER NOT NULL,           -- decimals in raw, and of the account's currency
  rounds BOOLEAN NOT NULL                                 -- the file was imported with round_money
);

-- The decimals in which a file that names no currency has its amounts in raw, and whether it was imported with
-- round_money: those of the account it was imported for, else the most that any account has.
CREATE OR REPLACE VIEW staging.typed_files AS
SELECT f.file_id, CASE WHEN f.account IS NULL THEN base.untold_decimals ELSE coalesce(own.decimals, base.decimals) END
         AS typed,
       coalesce(json_extract(f.mapping, '$.roundMoney')::BOOLEAN, false) AS rounds
FROM raw.files AS f
JOIN staging.settings AS base ON base.settings_id = 0
LEFT JOIN staging.settings AS own ON own.account_id = f.account
WHERE f.currency IS NULL;

-- An amount with other decimals, halves away from zero; and whether nothing is lost by that.
CREATE OR REPLACE MACRO staging.rescaled(amount, typed, own) AS
  CASE WHEN own >= typed THEN amount * (10 ** (own - typed))::BIGINT
       ELSE sign(amount) * ((abs(amount) + (10 ** (typed - own))::BIGINT // 2) // (10 ** (typed - own))::BIGINT) END::BIGINT;
CREATE OR REPLACE MACRO staging.rescales(amount, typed, own) AS
  own >= typed OR amount IS NULL OR amount % (10 ** (typed - own))::BIGINT = 0;

-- Raw rows under such ids and in such decimals (received-plain.sql, received-named.sql, received-scaled.sql).
CREATE VIEW IF NOT EXISTS staging.named_campaigns AS FROM raw.campaigns;
CREATE VIEW IF NOT EXISTS staging.named_insights AS FROM raw.insights;
CREATE VIEW IF NOT EXISTS staging.received_campaigns AS FROM staging.named_campaigns;
CREATE VIEW IF NOT EXISTS staging.received_insights AS FROM staging.named_insights;
CREATE VIEW IF NOT EXISTS staging.received_campaign_leads AS FROM raw.campaign_leads;
CREATE VIEW IF NOT EXISTS staging.received_lead_status_changes AS FROM raw.lead_status_changes;
CREATE VIEW IF NOT EXISTS staging.received_deals AS FROM raw.deals;

-- The insights rows that count, as imported.
CREATE OR REPLACE VIEW staging.insights AS
SELECT i.*, staging.entity(i.level, i.campaign_id, i.ad_set_id, i.ad_set_name, i.ad_id, i.ad_name) AS entity
FROM staging.received_insights AS i
ANTI JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = i.file_id AND d.line = i.line;

-- One row per natural key that occurs more than once in one file with different content; all its rows count
-- (insights, deals) or the last line does (campaigns, leads, status log).
CREATE TABLE IF NOT EXISTS staging.conflicts (
  table_name VARCHAR NOT NULL, file_id INTEGER NOT NULL, key VARCHAR NOT NULL, first_line BIGINT NOT NULL,
  rows BIGINT NOT NULL
);

-- One row per campaign: the newest campaign line, else what insights and leads say of it.
CREATE TABLE IF NOT EXISTS staging.campaigns (
  campaign_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, campaign_name VARCHAR,
  project_name VARCHAR,             -- normalised: invisible characters and surplus spaces removed
  project_search VARCHAR,           -- folded for search (case, Arabic letter variants)
  daily_budget_minor BIGINT, currency VARCHAR NOT NULL, start_time TIMESTAMP, stop_time TIMESTAMP,
  attributes JSON, file_id INTEGER, line BIGINT
);

-- One row per distinct raw phone text and region that is not plainly an Egyptian mobile.
CREATE TABLE IF NOT EXISTS staging.phones (
  phone VARCHAR NOT NULL, region VARCHAR NOT NULL,
  e164 VARCHAR, country VARCHAR, valid BOOLEAN NOT NULL, kind VARCHAR, reason VARCHAR
);

-- One row per lead: the line of each lead id that counts.
CREATE TABLE IF NOT EXISTS staging.campaign_leads (
  lead_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, campaign_id VARCHAR, ad_set_id VARCHAR, ad_id VARCHAR,
  form_id VARCHAR, form_name VARCHAR, platform VARCHAR, is_organic BOOLEAN, language VARCHAR,
  name VARCHAR, name_search VARCHAR, email VARCHAR, email_valid BOOLEAN,
  phone VARCHAR, phone_e164 VARCHAR, phone_country VARCHAR, phone_valid BOOLEAN,
  phone_search VARCHAR,             -- digits of the number, without zeros of a trunk or international prefix
  lead_status VARCHAR, stage VARCHAR, -- stage null: no status, or a status the map does not know
  added_at TIMESTAMP NOT NULL, assigned_to VARCHAR, attributes JSON,
  copies INTEGER NOT NULL,          -- lines of this lead in that file (the raw basis counts them)
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

-- One row per raw status that the status map does not know, per source table.
CREATE TABLE IF NOT EXISTS staging.unmapped_statuses (
  account_id VARCHAR, status VARCHAR NOT NULL, source VARCHAR NOT NULL, rows BIGINT NOT NULL
);

-- One row per treatment in force, in the order of acceptance; rows: what it changed (insight rows, leads, log lines), or the
-- campaigns it renamed or marked; 0 where nothing it names is there (any more), null where it names nothing.
CREATE TABLE IF NOT EXISTS staging.treatments (
  treatment_id VARCHAR NOT NULL, step INTEGER NOT NULL, finding VARCHAR NOT NULL, rule VARCHAR NOT NULL,
  kind VARCHAR NOT NULL, method VARCHAR NOT NULL, rows BIGINT
);

-- One row per insights row that treatments changed: what it counts on the corrected basis, and the last treatment that
-- said so. A row once excluded stays so.
CREATE TABLE IF NOT EXISTS staging.insight_corrections (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL, treatment_id VARCHAR NOT NULL, excluded BOOLEAN NOT NULL,
  spend_minor BIGINT, impressions BIGINT, clicks BIGINT, reach BIGINT
);

-- One row per lead that the corrected basis leaves out, with the first treatment that said so.
CREATE TABLE IF NOT EXISTS staging.lead_exclusions (
  account_id VARCHAR NOT NULL, lead_id VARCHAR NOT NULL, treatment_id VARCHAR NOT NULL
);

-- One row per line of the status log that the corrected basis leaves out, with the first treatment that said so.
CREATE TABLE IF NOT EXISTS staging.log_exclusions (
  file_id INTEGER NOT NULL, line BIGINT NOT NULL, treatment_id VARCHAR NOT NULL
);

-- One row per treatment, campaign and day on which it changes something: by how much, after the treatments before it.
-- campaign null: leads without a campaign.
CREATE TABLE IF NOT EXISTS staging.treatment_effects (
  treatment_id VARCHAR NOT NULL, step INTEGER NOT NULL, account_id VARCHAR NOT NULL, campaign_id VARCHAR,
  day DATE NOT NULL, rows BIGINT NOT NULL, spend_minor BIGINT NOT NULL, leads BIGINT NOT NULL
);

-- One row per spelling of a project and treatment that merges it into another name; account null: everywhere.
CREATE TABLE IF NOT EXISTS staging.project_merges (
  treatment_id VARCHAR NOT NULL, step INTEGER NOT NULL, account_id VARCHAR, project_name VARCHAR NOT NULL,
  into_name VARCHAR NOT NULL
);

-- What treatments name, from JSON lists: campaigns; lines of one table's files, from ranges with both ends inclusive; and
-- series over days with both ends inclusive, null = open, each under a number.
CREATE OR REPLACE MACRO staging.target_campaigns(targets) AS TABLE
SELECT account AS account_id, campaignId AS campaign_id
FROM (SELECT unnest(from_json(targets, '[{"account":"VARCHAR","campaignId":"VARCHAR"}]'), recursive := true));

CREATE OR REPLACE MACRO staging.target_lines(targets, of_table) AS TABLE
SELECT file_id, unnest(generate_series(first, last)) AS line
FROM (SELECT unnest(from_json(targets, '[{"table_name":"VARCHAR","file_id":"INTEGER","first":"BIGINT","last":"BIGINT"}]'),
                    recursive := true))
WHERE table_name = of_table;

CREATE OR REPLACE MACRO staging.target_series(targets) AS TABLE
SELECT row_number() OVER () AS span, account AS account_id, campaignId AS campaign_id, entity, measures, days AS window_days,
       coalesce("from"::DATE, DATE '-infinity') AS from_day, coalesce("until"::DATE, DATE 'infinity') AS until_day
FROM (SELECT unnest(from_json(targets, '[{"account":"VARCHAR","campaignId":"VARCHAR","entity":"VARCHAR",
  "measures":["VARCHAR"],"days":"INTEGER","from":"VARCHAR","until":"VARCHAR"}]'), recursive := true));

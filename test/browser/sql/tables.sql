-- The files as they are, with every definition written out again: nothing here is the product's.
-- Params: $folder is put in by the caller, as read_csv takes no parameter here.
CREATE MACRO tidy(name) AS nullif(trim(regexp_replace(
  regexp_replace(nfc_normalize(name), '[\x{200B}-\x{200F}\x{2060}\x{FEFF}]', '', 'g'), '[\s\x{00A0}]+', ' ', 'g')), '');

CREATE TABLE stages AS SELECT * FROM (VALUES
  ('NEW_LEAD', 'new'), ('NO_ANSWER', 'attempting'), ('SWITCHED_OFF', 'attempting'), ('CALL_AGAIN', 'attempting'),
  ('FOLLOW_UP', 'engaged'), ('WHATSAPP', 'engaged'), ('QUALIFIED', 'qualified'), ('HIGH_INTEREST', 'qualified'),
  ('MEETING_DONE', 'meeting'), ('DONE_DEAL', 'won'), ('NOT_QUALIFIED', 'lost'), ('LOW_BUDGET', 'lost'),
  ('ALREADY_BOUGHT', 'lost'), ('RESALE_REQUEST', 'lost'), ('SPAM', 'invalid'), ('WRONG_NUMBER', 'invalid'),
  ('UNKNOWN', 'unknown')) AS t(status, stage);

CREATE TABLE campaigns AS
SELECT DISTINCT id AS campaign_id, user_id AS account, tidy(project_name) AS project,
       start_time::TIMESTAMP AS start_time, stop_time::TIMESTAMP AS stop_time
FROM read_csv('$folder/campaigns.csv', header = true, all_varchar = true);

CREATE TABLE insights_received AS
SELECT ad_set_id, campaign_id, created_at::TIMESTAMP::DATE AS day, (spend::DECIMAL(18, 4) * 100)::BIGINT AS spend,
       impressions::BIGINT AS impressions, clicks::BIGINT AS clicks, reach::BIGINT AS reach
FROM read_csv('$folder/insights.csv', header = true, all_varchar = true);

CREATE TABLE leads_received AS
SELECT *, added_date::TIMESTAMP AS arrived
FROM read_csv('$folder/campaign_leads.csv', header = true, all_varchar = true);

CREATE TABLE log AS
SELECT DISTINCT lead_id, status, created_at::TIMESTAMP AS changed
FROM read_csv('$folder/lead_status_changes.csv', header = true, all_varchar = true);

-- Every row once per basis on which it counts.
CREATE TABLE insights AS
WITH counted AS (
  SELECT true AS raw, * FROM insights_received
  UNION ALL SELECT DISTINCT false, * FROM insights_received
)
SELECT i.*, c.account, c.project FROM counted AS i JOIN campaigns AS c USING (campaign_id);

CREATE TABLE leads AS
WITH counted AS (
  SELECT true AS raw, * FROM leads_received
  UNION ALL SELECT DISTINCT false, * FROM leads_received
),
logged AS (
  SELECT g.lead_id, min(g.changed) FILTER (WHERE s.stage IN ('qualified', 'meeting', 'won')) AS qualified_at
  FROM log AS g LEFT JOIN stages AS s USING (status) GROUP BY g.lead_id
)
SELECT l.raw, l.id AS lead_id, l.campaign_id, c.account, c.project, l.arrived::DATE AS day, s.stage,
       coalesce(s.stage IN ('new', 'unknown'), false) AS undecided,
       coalesce(s.stage IN ('qualified', 'meeting', 'won'), false) AS qualified,
       coalesce(g.qualified_at <= l.arrived + INTERVAL 30 DAY, false) AS in_time,
       g.qualified_at IS NOT NULL AS ever
FROM counted AS l
JOIN campaigns AS c USING (campaign_id)
LEFT JOIN stages AS s ON s.status = l.lead_status
LEFT JOIN logged AS g ON g.lead_id = l.id;

CREATE TABLE deals (lead_id VARCHAR, stage VARCHAR, value BIGINT, cancelled BOOLEAN);

-- What an account adds to net spend.
CREATE TABLE fees (account VARCHAR, factor DOUBLE);

CREATE MACRO one_of(chosen, value) AS len(chosen) = 0 OR list_contains(chosen, value);
CREATE MACRO delivery(f, t, a, p, c, r) AS TABLE
  FROM insights WHERE raw = r AND day BETWEEN f AND t AND one_of(a, account)
                      AND (len(p) = 0 OR coalesce(list_contains(p, project), false)) AND one_of(c, campaign_id);
CREATE MACRO arrivals(f, t, a, p, c, r) AS TABLE
  FROM leads WHERE raw = r AND day BETWEEN f AND t AND one_of(a, account)
                   AND (len(p) = 0 OR coalesce(list_contains(p, project), false)) AND one_of(c, campaign_id);

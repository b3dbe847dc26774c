-- What the tables of each account know: by a row of its own, else by an import that names the account and brought such a
-- table too, so that an account without a lead in an export of leads has 0 leads, and one whose leads nobody ever
-- exported has none that are known. Only what some import could still tell is looked for among the rows.
-- Reads:  marts.campaign_day, marts.lead_outcome, marts.lead_stage_log, raw.files, staging.received_campaigns, staging.received_insights,
--         lead_keys, campaign_keys
UPDATE marts.accounts AS a
SET spend_since = x.spend, impressions_since = x.impressions, clicks_since = x.clicks, reach_since = x.reach,
    leads_since = x.leads, logged_since = x.logged, staged = x.staged
FROM (
  WITH delivered AS (
    SELECT account_key, min(known_at) FILTER (WHERE spend_minor IS NOT NULL) AS spend,
           min(known_at) FILTER (WHERE impressions IS NOT NULL) AS impressions,
           min(known_at) FILTER (WHERE clicks IS NOT NULL) AS clicks,
           min(known_at) FILTER (WHERE reach IS NOT NULL) AS reach
    FROM marts.campaign_day GROUP BY account_key
  ),
  asked AS (
    SELECT account_key, min(known_at) AS leads, bool_or(status IS NOT NULL) AS staged
    FROM marts.lead_outcome GROUP BY account_key
  ),
  noted AS (
    SELECT account_key, min(changed_at) AS logged FROM marts.lead_stage_log GROUP BY account_key
  ),
  by_rows AS (
    SELECT b.account_key, d.spend, d.impressions, d.clicks, d.reach, l.leads, n.logged,
           coalesce(l.staged, false) AS staged
    FROM marts.accounts AS b
    LEFT JOIN delivered AS d USING (account_key)
    LEFT JOIN asked AS l USING (account_key)
    LEFT JOIN noted AS n USING (account_key)
  ),
  brought AS (
    SELECT import_id, bool_or(table_name = 'insights') AS spend,
           bool_or(table_name = 'insights' AND json_exists(mapping, '$.fields.impressions')) AS impressions,
           bool_or(table_name = 'insights' AND json_exists(mapping, '$.fields.clicks')) AS clicks,
           bool_or(table_name = 'insights' AND json_exists(mapping, '$.fields.reach')) AS reach,
           bool_or(table_name = 'campaign_leads') AS leads,
           bool_or(table_name = 'lead_status_changes') AS logged,
           bool_or(table_name = 'campaign_leads' AND json_exists(mapping, '$.fields.lead_status')) AS staged
    FROM raw.files GROUP BY import_id
  ),
  lacking AS (
    SELECT r.account_key FROM by_rows AS r, (
      SELECT bool_or(spend) AS spend, bool_or(impressions) AS impressions, bool_or(clicks) AS clicks,
             bool_or(reach) AS reach, bool_or(leads) AS leads, bool_or(logged) AS logged, bool_or(staged) AS staged
      FROM brought) AS b
    WHERE (b.spend AND r.spend IS NULL) OR (b.impressions AND r.impressions IS NULL)
          OR (b.clicks AND r.clicks IS NULL) OR (b.reach AND r.reach IS NULL) OR (b.leads AND r.leads IS NULL)
          OR (b.logged AND r.logged IS NULL) OR (b.staged AND NOT r.staged)
  ),
  naming AS (
    SELECT DISTINCT k.account_key, c.file_id
    FROM staging.received_campaigns AS c JOIN campaign_keys AS k USING (campaign_id) SEMI JOIN lacking USING (account_key)
    UNION
    SELECT DISTINCT account_key, file_id FROM lead_keys SEMI JOIN lacking USING (account_key)
    UNION
    SELECT DISTINCT k.account_key, i.file_id
    FROM staging.received_insights AS i JOIN campaign_keys AS k USING (campaign_id) SEMI JOIN lacking USING (account_key)
  ),
  told AS (
    SELECT n.account_key, bool_or(b.spend) AS spend, bool_or(b.impressions) AS impressions, bool_or(b.clicks) AS clicks,
           bool_or(b.reach) AS reach, bool_or(b.leads) AS leads, bool_or(b.logged) AS logged,
           bool_or(b.staged) AS staged
    FROM naming AS n JOIN raw.files AS f USING (file_id) JOIN brought AS b USING (import_id)
    GROUP BY n.account_key
  )
  SELECT r.account_key,
         coalesce(r.spend, CASE WHEN t.spend THEN TIMESTAMP 'infinity' END) AS spend,
         coalesce(r.impressions, CASE WHEN t.impressions THEN TIMESTAMP 'infinity' END) AS impressions,
         coalesce(r.clicks, CASE WHEN t.clicks THEN TIMESTAMP 'infinity' END) AS clicks,
         coalesce(r.reach, CASE WHEN t.reach THEN TIMESTAMP 'infinity' END) AS reach,
         coalesce(r.leads, CASE WHEN t.leads THEN TIMESTAMP 'infinity' END) AS leads,
         coalesce(r.logged, CASE WHEN t.logged THEN TIMESTAMP 'infinity' END) AS logged,
         r.staged OR r.logged IS NOT NULL OR coalesce(t.staged OR t.logged, false) AS staged
  FROM by_rows AS r LEFT JOIN told AS t USING (account_key)
) AS x
WHERE x.account_key = a.account_key;

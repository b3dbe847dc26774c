-- Spend, leads, judged and qualified leads of groups (accounts, projects within an account, campaigns), dearest above
-- the norm first; one row for all (kind 'all'); one for campaigns with leads and no qualified one (kind 'none'), split
-- by whether a lead of theirs was judged. Only accounts that know both their spend and the stages of their leads.
-- Reads:  marts.delivery_corrected, marts.leads_corrected, marts.accounts, marts.projects, marts.campaigns
-- Params: $from, $to (dates, inclusive), $as_of, $norms (JSON list of account and cost), $limit
WITH known AS (
  SELECT account_key, account_id, currency, len(currencies) > 1 AS mixed FROM marts.accounts
  WHERE marts.knew(spend_since, $as_of) AND marts.knew_stages(staged, logged_since, $as_of)
),
parts AS (
  SELECT d.account_key, d.project_key, d.campaign_key, sum(d.spend_minor) AS spend_minor
  FROM marts.delivery_corrected AS d WHERE d.day BETWEEN $from::DATE AND $to::DATE /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT l.account_key, l.project_key, l.campaign_key, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.stage IS NOT NULL AND NOT l.undecided) AS judged,
         sum(l.weight) FILTER (WHERE l.undecided) AS undecided,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified
  FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
  GROUP BY ALL
),
by_campaign AS (
  SELECT account_key, project_key, campaign_key, coalesce(sum(spend_minor), 0) AS spend_minor,
         coalesce(sum(leads), 0) AS leads, coalesce(sum(judged), 0) AS judged,
         coalesce(sum(undecided), 0) AS undecided, coalesce(sum(qualified), 0) AS qualified
  FROM parts SEMI JOIN known USING (account_key) GROUP BY ALL
),
grouped AS (
  SELECT account_key, campaign_key AS group_key, sum(spend_minor) AS spend_minor, sum(leads) AS leads,
         sum(judged) AS judged, sum(qualified) AS qualified
  FROM by_campaign GROUP BY ALL
),
norms AS (
  SELECT unnest(from_json($norms, '[{"account":"VARCHAR","cost":"DOUBLE"}]'), recursive := true)
),
ranked AS (
  SELECT g.*, k.account_id, k.currency, k.mixed, count(*) OVER () AS groups,
         row_number() OVER (ORDER BY g.spend_minor - g.qualified * n.cost DESC NULLS LAST, g.spend_minor DESC,
                                     g.account_key, g.group_key NULLS LAST) AS place
  FROM grouped AS g
  JOIN known AS k USING (account_key)
  LEFT JOIN norms AS n ON n.account = k.account_id
  WHERE (g.spend_minor > 0 OR g.leads > 0) /*grouped*/
),
barren AS (
  SELECT count(*) AS groups, coalesce(sum(leads), 0) AS leads, coalesce(sum(undecided), 0) AS undecided,
         coalesce(sum(spend_minor), 0) AS spend_minor, count(*) FILTER (WHERE judged > 0) AS judged_groups,
         coalesce(sum(leads) FILTER (WHERE judged > 0), 0) AS judged_leads,
         coalesce(sum(spend_minor) FILTER (WHERE judged > 0), 0) AS judged_spend_minor
  FROM by_campaign WHERE campaign_key IS NOT NULL AND leads > 0 AND qualified = 0
)
SELECT 'item' AS kind, r.*, c.campaign_id, c.campaign_name, p.project_name
FROM ranked AS r
LEFT JOIN marts.campaigns AS c ON c.campaign_key = r.group_key
LEFT JOIN marts.projects AS p ON p.project_key = r.group_key
WHERE r.place <= $limit
UNION ALL BY NAME
SELECT 'all' AS kind, coalesce(sum(spend_minor), 0)::BIGINT AS spend_minor, coalesce(sum(leads), 0)::BIGINT AS leads,
       coalesce(sum(judged), 0)::BIGINT AS judged, coalesce(sum(qualified), 0)::BIGINT AS qualified
FROM by_campaign
UNION ALL BY NAME
SELECT 'none' AS kind, * FROM barren
ORDER BY kind, place;

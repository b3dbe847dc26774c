-- The largest groups of the selection, one row each in order of `line`; one row for the rest (line = $limit + 1);
-- one for all (line null). What a campaign did is added up over the days of the period, or taken as stored where that is
-- every day; then only leads without a campaign are counted.
-- Reads:  marts.delivery_corrected, marts.leads_corrected, marts.total_corrected, marts.campaigns, marts.projects,
--         marts.accounts
-- Params: $from, $to (dates, inclusive), $stored, $limit, $as_of
WITH accounts AS (
  SELECT account_key, marts.knew(spend_since, $as_of) AS knows_spend,
         marts.knew(impressions_since, $as_of) AS knows_impressions, marts.knew(clicks_since, $as_of) AS knows_clicks,
         marts.knew(leads_since, $as_of) AS knows_leads,
         marts.knew_stages(staged, logged_since, $as_of) AS knows_stages
  FROM marts.accounts
),
parts AS (
  SELECT d.account_key, d.project_key, d.campaign_key, count(*) AS n, sum(d.spend_minor) AS spend_minor,
         sum(d.impressions) AS impressions, sum(d.clicks) AS clicks,
         sum(d.impressions_without_clicks) AS impressions_without_clicks,
         sum(d.clicks_without_impressions) AS clicks_without_impressions
  FROM marts.delivery_corrected AS d WHERE d.day BETWEEN $from::DATE AND $to::DATE /*period*/ /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT l.account_key, l.project_key, l.campaign_key, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.stage IS NOT NULL AND NOT l.undecided) AS judged,
         sum(l.weight) FILTER (WHERE l.undecided) AS undecided,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified,
         sum(l.weight) FILTER (WHERE l.stage IN ('meeting', 'won')) AS meetings,
         sum(l.weight) FILTER (WHERE l.stage = 'won') AS deals
  FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*loose*/ /*narrow l*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT c.account_key, c.project_key, t.*
  FROM marts.total_corrected AS t JOIN marts.campaigns AS c USING (campaign_key) WHERE $stored::BOOLEAN /*narrow c*/
),
grouped AS (
  SELECT project_key AS group_key, count(DISTINCT campaign_key) AS campaigns, sum(n) AS n,
         sum(spend_minor) AS spend_minor, sum(impressions) AS impressions, sum(clicks) AS clicks,
         sum(impressions_without_clicks) AS impressions_without_clicks,
         sum(clicks_without_impressions) AS clicks_without_impressions,
         bool_or(knows_spend) AS knows_spend, bool_or(knows_impressions) AS knows_impressions,
         bool_or(knows_clicks) AS knows_clicks, marts.counted(sum(leads), bool_or(knows_leads)) AS leads,
         marts.counted(sum(judged), bool_or(knows_stages)) AS judged,
         marts.counted(sum(undecided), bool_or(knows_leads)) AS undecided,
         marts.counted(sum(qualified), bool_or(knows_stages)) AS qualified,
         marts.counted(sum(meetings), bool_or(knows_stages)) AS meetings,
         marts.counted(sum(deals), bool_or(knows_stages)) AS deals,
         marts.total(sum(spend_minor), sum(n), bool_or(knows_spend)) IS NOT NULL AS told_spend,
         marts.counted(sum(spend_minor) FILTER (WHERE knows_leads), told_spend) AS cpl_spend,
         sum(leads) FILTER (WHERE knows_spend) AS cpl_count,
         marts.counted(sum(spend_minor) FILTER (WHERE knows_stages), told_spend) AS cpql_spend,
         coalesce(sum(qualified) FILTER (WHERE knows_spend), 0) AS cpql_count
  FROM parts JOIN accounts USING (account_key) GROUP BY group_key
),
ranked AS (
  SELECT *, least($limit::BIGINT + 1,
                  row_number() OVER (ORDER BY coalesce(spend_minor, 0) DESC NULLS LAST, group_key NULLS LAST)) AS line
  FROM grouped
),
lines AS (
  SELECT line, min(group_key) AS group_key, count(*) AS groups, sum(campaigns) AS campaigns,
         marts.total(sum(spend_minor), sum(n), bool_or(knows_spend)) AS spend_minor,
         marts.total(sum(impressions), sum(n), bool_or(knows_impressions)) AS impressions,
         marts.total(sum(clicks), sum(n), bool_or(knows_clicks)) AS clicks,
         sum(impressions_without_clicks) AS impressions_without_clicks,
         sum(clicks_without_impressions) AS clicks_without_impressions, sum(leads) AS leads, sum(judged) AS judged,
         sum(undecided) AS undecided, sum(qualified) AS qualified, sum(meetings) AS meetings, sum(deals) AS deals,
         sum(cpl_spend) AS cpl_spend, sum(cpl_count) AS cpl_count, sum(cpql_spend) AS cpql_spend,
         sum(cpql_count) AS cpql_count
  FROM ranked GROUP BY GROUPING SETS ((line), ())
)
SELECT g.*, marts.ctr(clicks, clicks_without_impressions, impressions, impressions_without_clicks) AS ctr,
       marts.ratio(cpl_spend, cpl_count, 1) AS cpl_minor, marts.ratio(cpql_spend, cpql_count, 1) AS cpql_minor,
       p.project_name, a.account_id
FROM lines AS g
LEFT JOIN marts.projects AS p ON p.project_key = g.group_key
LEFT JOIN marts.accounts AS a ON a.account_key = g.group_key
ORDER BY line NULLS LAST;

-- One page of the selection's campaigns in order of `place`, and one row for all of them (place null). What a campaign
-- did is added up over the days of the period, or taken as stored where that is every day; whether it is live is told by
-- all its days.
-- Reads:  marts.campaigns, marts.accounts, marts.projects, marts.delivery_corrected, marts.leads_corrected,
--         marts.total_corrected
-- Params: $from, $to (dates, inclusive), $everything, $stored, $limit, $offset, $as_of, $end_day (last day of the data),
--         $live_days
WITH accounts AS (
  SELECT account_key, marts.knew(spend_since, $as_of) AS knows_spend,
         marts.knew(impressions_since, $as_of) AS knows_impressions, marts.knew(clicks_since, $as_of) AS knows_clicks,
         marts.knew(leads_since, $as_of) AS knows_leads,
         marts.knew_stages(staged, logged_since, $as_of) AS knows_stages
  FROM marts.accounts
),
parts AS (
  SELECT d.campaign_key, count(*) AS n,
         sum(d.spend_minor) AS spend_minor, sum(d.spend_all_in_minor) AS spend_all_in_minor,
         sum(d.impressions) AS impressions, sum(d.clicks) AS clicks,
         sum(d.spend_without_impressions) AS spend_without_impressions, sum(d.spend_without_clicks) AS spend_without_clicks,
         sum(d.impressions_without_spend) AS impressions_without_spend,
         sum(d.impressions_without_clicks) AS impressions_without_clicks,
         sum(d.clicks_without_spend) AS clicks_without_spend,
         sum(d.clicks_without_impressions) AS clicks_without_impressions
  FROM marts.delivery_corrected AS d WHERE d.day BETWEEN $from::DATE AND $to::DATE /*period*/ /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT l.campaign_key, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.stage IS NOT NULL AND NOT l.undecided) AS judged,
         sum(l.weight) FILTER (WHERE l.undecided) AS undecided,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified,
         sum(l.weight) FILTER (WHERE l.stage IN ('meeting', 'won')) AS meetings,
         sum(l.weight) FILTER (WHERE l.stage = 'won') AS deals
  FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*period*/ /*narrow l*/
  GROUP BY ALL
),
tallied AS (
  SELECT campaign_key, sum(n) AS n, sum(spend_minor) AS spend_minor, sum(spend_all_in_minor) AS spend_all_in_minor,
         sum(impressions) AS impressions, sum(clicks) AS clicks,
         sum(spend_without_impressions) AS spend_without_impressions, sum(spend_without_clicks) AS spend_without_clicks,
         sum(impressions_without_spend) AS impressions_without_spend,
         sum(impressions_without_clicks) AS impressions_without_clicks,
         sum(clicks_without_spend) AS clicks_without_spend,
         sum(clicks_without_impressions) AS clicks_without_impressions, sum(leads) AS leads, sum(judged) AS judged,
         sum(undecided) AS undecided, sum(qualified) AS qualified, sum(meetings) AS meetings, sum(deals) AS deals
  FROM parts WHERE campaign_key IS NOT NULL GROUP BY campaign_key
  UNION ALL BY NAME
  SELECT * EXCLUDE (first_day, last_day) FROM marts.total_corrected WHERE $stored::BOOLEAN
),
lives AS (
  SELECT t.campaign_key, t.first_day, t.last_day FROM marts.total_corrected AS t WHERE $as_of::DATE IS NULL AND t.n > 0
  UNION ALL
  SELECT e.campaign_key, min(e.day), max(e.day) FROM marts.delivery_corrected AS e
  WHERE $as_of::DATE IS NOT NULL /*narrow e*/ GROUP BY e.campaign_key
),
told AS (
  SELECT c.campaign_key, c.account_key, c.project_key, NULL::VARCHAR AS sort_text, c.daily_budget_minor, t.n,
         marts.total(t.spend_minor, t.n, a.knows_spend) AS spend_minor,
         marts.total(t.spend_all_in_minor, t.n, a.knows_spend) AS spend_all_in_minor,
         marts.total(t.impressions, t.n, a.knows_impressions) AS impressions,
         marts.total(t.clicks, t.n, a.knows_clicks) AS clicks,
         t.spend_without_impressions, t.spend_without_clicks, t.impressions_without_spend,
         t.impressions_without_clicks, t.clicks_without_spend, t.clicks_without_impressions,
         marts.counted(t.leads, a.knows_leads) AS leads, marts.counted(t.judged, a.knows_stages) AS judged,
         marts.counted(t.undecided, a.knows_leads) AS undecided,
         marts.counted(t.qualified, a.knows_stages) AS qualified,
         marts.counted(t.meetings, a.knows_stages) AS meetings, marts.counted(t.deals, a.knows_stages) AS deals,
         a.knows_spend, f.first_day, f.last_day,
         CASE WHEN f.last_day IS NULL THEN CASE WHEN a.knows_spend THEN 'never' END
              WHEN c.stop_time < $end_day::DATE + INTERVAL 1 DAY OR f.last_day <= $end_day::DATE - $live_days::INTEGER
              THEN 'ended' ELSE 'live' END AS state
  FROM marts.campaigns AS c
  JOIN accounts AS a USING (account_key)
  LEFT JOIN tallied AS t USING (campaign_key)
  LEFT JOIN lives AS f USING (campaign_key)
  WHERE ($everything OR t.campaign_key IS NOT NULL
         OR (c.start_time::DATE <= $to::DATE AND coalesce(c.stop_time::DATE, $to::DATE) >= $from::DATE))
        /*narrow c*/ /*search c*/
),
listed AS MATERIALIZED (SELECT * FROM told WHERE true /*state*/ /*mark*/),
sorted AS (
  SELECT *, marts.ctr(clicks, clicks_without_impressions, impressions, impressions_without_clicks) AS ctr,
         marts.ratio(marts.with_both(spend_minor, spend_without_clicks),
                     marts.with_both(clicks, clicks_without_spend), 1) AS cpc_minor,
         marts.ratio(marts.with_both(spend_minor, spend_without_impressions),
                     marts.with_both(impressions, impressions_without_spend), 1000) AS cpm_minor,
         marts.ratio(leads, clicks, 1) AS cvr, marts.ratio(qualified, leads, 1) AS qualified_share,
         CASE WHEN qualified IS NOT NULL THEN leads END AS share_leads,
         marts.ratio(spend_minor, leads, 1) AS cpl_minor, marts.ratio(spend_minor, qualified, 1) AS cpql_minor,
         CASE WHEN qualified IS NOT NULL THEN spend_minor END AS cpql_spend, qualified AS cpql_count,
         spend_minor AS sort_value
  FROM listed
),
page AS (
  SELECT * FROM sorted WHERE true /*after*/
  ORDER BY sort_value DESC NULLS LAST, campaign_key LIMIT $limit::BIGINT OFFSET $offset::BIGINT
)
SELECT row_number() OVER (ORDER BY s.sort_value DESC NULLS LAST, s.campaign_key) AS place, s.*,
       c.campaign_id, c.campaign_name, c.start_time, c.stop_time, a.account_id, p.project_name, NULL::BIGINT AS total
FROM page AS s
JOIN marts.campaigns AS c USING (campaign_key)
JOIN marts.accounts AS a ON a.account_key = s.account_key
LEFT JOIN marts.projects AS p ON p.project_key = s.project_key
UNION ALL BY NAME
SELECT count(*) AS total, coalesce(sum(n), 0) AS n,
       marts.total(sum(spend_minor), sum(n), bool_or(spend_minor IS NOT NULL)) AS spend_minor,
       marts.total(sum(spend_all_in_minor), sum(n), bool_or(spend_all_in_minor IS NOT NULL)) AS spend_all_in_minor,
       marts.total(sum(impressions), sum(n), bool_or(impressions IS NOT NULL)) AS impressions,
       marts.total(sum(clicks), sum(n), bool_or(clicks IS NOT NULL)) AS clicks, sum(leads) AS leads,
       sum(judged) AS judged, sum(undecided) AS undecided, sum(qualified) AS qualified, sum(meetings) AS meetings,
       sum(deals) AS deals,
       marts.ctr(sum(clicks), sum(clicks_without_impressions), sum(impressions), sum(impressions_without_clicks)) AS ctr,
       marts.ratio(marts.with_both(sum(spend_minor), sum(spend_without_clicks)),
                   marts.with_both(sum(clicks), sum(clicks_without_spend)), 1) AS cpc_minor,
       marts.ratio(marts.with_both(sum(spend_minor), sum(spend_without_impressions)),
                   marts.with_both(sum(impressions), sum(impressions_without_spend)), 1000) AS cpm_minor,
       marts.ratio(sum(leads) FILTER (WHERE clicks IS NOT NULL), sum(clicks) FILTER (WHERE leads IS NOT NULL), 1) AS cvr,
       marts.ratio(sum(qualified), sum(leads) FILTER (WHERE qualified IS NOT NULL), 1) AS qualified_share,
       sum(leads) FILTER (WHERE qualified IS NOT NULL) AS share_leads,
       marts.ratio(sum(spend_minor) FILTER (WHERE leads IS NOT NULL), sum(leads) FILTER (WHERE knows_spend), 1)
         AS cpl_minor,
       marts.ratio(sum(spend_minor) FILTER (WHERE qualified IS NOT NULL), sum(qualified) FILTER (WHERE knows_spend), 1)
         AS cpql_minor,
       sum(spend_minor) FILTER (WHERE qualified IS NOT NULL) AS cpql_spend,
       coalesce(sum(qualified) FILTER (WHERE knows_spend), 0) AS cpql_count
FROM listed
ORDER BY place NULLS LAST;

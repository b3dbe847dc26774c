-- One page of the selection's campaigns in order of `place`, and one row for all of them (place null). What a campaign
-- did is added up over the days of the period, or taken as stored where that is every day.
-- Reads:  marts.campaigns, marts.accounts, marts.projects, marts.delivery_corrected, marts.leads_corrected,
--         marts.campaign_total
-- Params: $from, $to (dates, inclusive), $everything, $stored, $limit
WITH parts AS (
  SELECT d.campaign_key, count(*) AS n, sum(d.spend_minor) AS spend_minor, sum(d.impressions) AS impressions,
         sum(d.clicks) AS clicks, sum(d.impressions_without_clicks) AS impressions_without_clicks,
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
  SELECT campaign_key, sum(n) AS n, sum(spend_minor) AS spend_minor, sum(impressions) AS impressions,
         sum(clicks) AS clicks, sum(impressions_without_clicks) AS impressions_without_clicks,
         sum(clicks_without_impressions) AS clicks_without_impressions, sum(leads) AS leads, sum(judged) AS judged,
         sum(undecided) AS undecided, sum(qualified) AS qualified, sum(meetings) AS meetings, sum(deals) AS deals
  FROM parts WHERE campaign_key IS NOT NULL GROUP BY campaign_key
  UNION ALL
  SELECT * FROM marts.campaign_total WHERE $stored::BOOLEAN
),
listed AS MATERIALIZED (
  SELECT c.campaign_key, c.account_key, c.project_key, NULL::VARCHAR AS sort_text, t.n,
         marts.total(t.spend_minor, t.n) AS spend_minor, marts.total(t.impressions, t.n) AS impressions,
         marts.total(t.clicks, t.n) AS clicks, t.impressions_without_clicks, t.clicks_without_impressions,
         coalesce(t.leads, 0) AS leads, coalesce(t.judged, 0) AS judged,
         coalesce(t.undecided, 0) AS undecided, coalesce(t.qualified, 0) AS qualified,
         coalesce(t.meetings, 0) AS meetings, coalesce(t.deals, 0) AS deals
  FROM marts.campaigns AS c LEFT JOIN tallied AS t USING (campaign_key)
  WHERE ($everything OR t.campaign_key IS NOT NULL
         OR (c.start_time::DATE <= $to::DATE AND coalesce(c.stop_time::DATE, $to::DATE) >= $from::DATE))
        /*narrow c*/ /*search c*/
),
sorted AS (
  SELECT *, marts.ctr(clicks, clicks_without_impressions, impressions, impressions_without_clicks) AS ctr,
         marts.ratio(spend_minor, leads, 1) AS cpl_minor, marts.ratio(spend_minor, qualified, 1) AS cpql_minor,
         spend_minor AS sort_value
  FROM listed
),
page AS (
  SELECT * FROM sorted WHERE true /*after*/
  ORDER BY sort_value DESC NULLS LAST, campaign_key LIMIT $limit::BIGINT
)
SELECT row_number() OVER (ORDER BY s.sort_value DESC NULLS LAST, s.campaign_key) AS place, s.*,
       c.campaign_id, c.campaign_name, c.daily_budget_minor, c.start_time, c.stop_time, a.account_id, p.project_name, NULL::BIGINT AS total
FROM page AS s
JOIN marts.campaigns AS c USING (campaign_key)
JOIN marts.accounts AS a ON a.account_key = s.account_key
LEFT JOIN marts.projects AS p ON p.project_key = s.project_key
UNION ALL BY NAME
SELECT count(*) AS total, marts.total(sum(spend_minor), sum(n)) AS spend_minor,
       marts.total(sum(impressions), sum(n)) AS impressions, marts.total(sum(clicks), sum(n)) AS clicks,
       coalesce(sum(leads), 0) AS leads, coalesce(sum(judged), 0) AS judged, coalesce(sum(undecided), 0) AS undecided,
       coalesce(sum(qualified), 0) AS qualified, coalesce(sum(meetings), 0) AS meetings,
       coalesce(sum(deals), 0) AS deals,
       marts.ctr(sum(clicks), sum(clicks_without_impressions), sum(impressions), sum(impressions_without_clicks)) AS ctr,
       marts.ratio(sum(spend_minor), sum(leads), 1) AS cpl_minor,
       marts.ratio(sum(spend_minor), sum(qualified), 1) AS cpql_minor
FROM listed
ORDER BY place NULLS LAST;

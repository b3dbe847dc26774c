-- Two rows: every measure and every ratio of the period (current) and of the days $start … $from − 1 before it.
-- Reads:  marts.delivery_corrected, marts.leads_corrected
-- Params: $start, $from, $to (dates, inclusive), $revenue_known
WITH delivered AS (
  SELECT d.day >= $from::DATE AS current, count(*) AS n, sum(d.spend_minor) AS spend_minor,
         sum(d.spend_all_in_minor) AS spend_all_in_minor, sum(d.impressions) AS impressions,
         sum(d.clicks) AS clicks, sum(d.reach) AS reach,
         sum(d.spend_without_impressions) AS spend_without_impressions,
         sum(d.spend_without_clicks) AS spend_without_clicks, sum(d.spend_without_both) AS spend_without_both,
         sum(d.impressions_without_spend) AS impressions_without_spend,
         sum(d.impressions_without_clicks) AS impressions_without_clicks,
         sum(d.clicks_without_spend) AS clicks_without_spend,
         sum(d.clicks_without_impressions) AS clicks_without_impressions
  FROM marts.delivery_corrected AS d
  WHERE d.day BETWEEN $start::DATE AND $to::DATE /*narrow d*/
  GROUP BY current
),
asked AS (
  SELECT l.arrival_day >= $from::DATE AS current, sum(l.weight)::BIGINT AS leads,
         sum(l.weight) FILTER (WHERE l.undecided)::BIGINT AS undecided,
         sum(l.weight) FILTER (WHERE l.stage IS NOT NULL AND NOT l.undecided)::BIGINT AS judged,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won'))::BIGINT AS qualified,
         sum(l.weight) FILTER (WHERE l.stage IN ('meeting', 'won'))::BIGINT AS meetings,
         sum(l.weight) FILTER (WHERE l.stage = 'won')::BIGINT AS deals,
         sum(l.weight) FILTER (WHERE l.qualified_within_horizon)::BIGINT AS qualified_within_horizon,
         sum(l.weight) FILTER (WHERE l.first_qualified_at IS NOT NULL)::BIGINT AS qualified_ever_logged,
         sum(l.weight) FILTER (WHERE l.logged)::BIGINT AS logged,
         sum(l.revenue_minor)::BIGINT AS revenue_minor
  FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $start::DATE AND $to::DATE /*narrow l*/
  GROUP BY current
),
measures AS (
  SELECT p.current, marts.total(d.spend_minor, d.n) AS spend_minor,
         marts.total(d.spend_all_in_minor, d.n) AS spend_all_in_minor, marts.total(d.impressions, d.n) AS impressions,
         marts.total(d.clicks, d.n) AS clicks, marts.total(d.reach, d.n) AS reach,
         d.* EXCLUDE (current, n, spend_minor, spend_all_in_minor, impressions, clicks, reach),
         coalesce(a.leads, 0) AS leads, coalesce(a.judged, 0) AS judged, coalesce(a.undecided, 0) AS undecided,
         coalesce(a.qualified, 0) AS qualified, coalesce(a.meetings, 0) AS meetings, coalesce(a.deals, 0) AS deals,
         coalesce(a.qualified_within_horizon, 0) AS qualified_within_horizon,
         coalesce(a.qualified_ever_logged, 0) AS qualified_ever_logged, coalesce(a.logged, 0) AS logged,
         CASE WHEN $revenue_known THEN coalesce(a.revenue_minor, 0) END AS revenue_minor
  FROM (VALUES (true), (false)) AS p(current)
  LEFT JOIN delivered AS d USING (current)
  LEFT JOIN asked AS a USING (current)
),
shared AS (
  SELECT *, marts.with_both(clicks, clicks_without_impressions) AS clicks_with_impressions,
         marts.with_both(impressions, impressions_without_clicks) AS impressions_with_clicks,
         marts.with_both(spend_minor, spend_without_clicks) AS spend_minor_with_clicks,
         marts.with_both(clicks, clicks_without_spend) AS clicks_with_spend,
         marts.with_both(spend_minor, spend_without_impressions) AS spend_minor_with_impressions,
         marts.with_both(impressions, impressions_without_spend) AS impressions_with_spend,
         marts.with_both(spend_minor, spend_without_both) AS spend_minor_with_both
  FROM measures
)
SELECT *, marts.ratio(clicks_with_impressions, impressions_with_clicks, 1) AS ctr,
       marts.ratio(spend_minor_with_clicks, clicks_with_spend, 1) AS cpc,
       marts.ratio(spend_minor_with_impressions, impressions_with_spend, 1000) AS cpm,
       marts.ratio(spend_minor, leads, 1) AS cpl,
       marts.ratio(spend_minor, qualified, 1) AS cpql, marts.ratio(spend_all_in_minor, leads, 1) AS cpl_all_in,
       marts.ratio(spend_all_in_minor, qualified, 1) AS cpql_all_in,
       marts.ratio(qualified, judged, 1) AS conversion_rate, marts.ratio(qualified, leads, 1) AS qualified_share,
       marts.ratio(undecided, leads, 1) AS undecided_share, marts.ratio(revenue_minor, spend_minor, 1) AS roas
FROM shared ORDER BY current DESC;

-- Two rows: every measure, side of a ratio and ratio of the period (current) and of the days $start … $from − 1 before
-- it. What an account does not know stays out of both sides of a ratio, so sums are first made by account.
-- Reads:  marts.delivery_corrected, marts.leads_corrected, marts.accounts
-- Params: $start, $from, $to (dates, inclusive), $as_of, $spend_known, $impressions_known, $clicks_known, $reach_known,
--         $leads_known, $stages_known, $log_known, $revenue_known
WITH accounts AS (
  SELECT account_key, marts.knew(spend_since, $as_of) AS spend, marts.knew(leads_since, $as_of) AS leads,
         marts.knew_stages(staged, logged_since, $as_of) AS stages, marts.knew(logged_since, $as_of) AS log
  FROM marts.accounts
),
delivered_by AS (
  SELECT d.day >= $from::DATE AS current, d.account_key, count(*) AS n, sum(d.spend_minor) AS spend_minor,
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
  GROUP BY ALL
),
asked_by AS (
  SELECT l.arrival_day >= $from::DATE AS current, l.account_key, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.undecided) AS undecided,
         sum(l.weight) FILTER (WHERE l.stage IS NOT NULL AND NOT l.undecided) AS judged,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified,
         sum(l.weight) FILTER (WHERE l.stage IN ('meeting', 'won')) AS meetings,
         sum(l.weight) FILTER (WHERE l.stage = 'won') AS deals,
         sum(l.weight) FILTER (WHERE l.qualified_within_horizon) AS qualified_within_horizon,
         sum(l.weight) FILTER (WHERE l.first_qualified_at IS NOT NULL) AS qualified_ever_logged,
         sum(l.weight) FILTER (WHERE l.logged) AS logged, sum(l.revenue_minor) AS revenue_minor
  FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $start::DATE AND $to::DATE /*narrow l*/
  GROUP BY ALL
),
delivered AS (
  SELECT current, sum(n) AS n, sum(spend_minor) AS spend_minor, sum(spend_all_in_minor) AS spend_all_in_minor,
         sum(impressions) AS impressions, sum(clicks) AS clicks, sum(reach) AS reach,
         sum(spend_without_impressions) AS spend_without_impressions,
         sum(spend_without_clicks) AS spend_without_clicks, sum(spend_without_both) AS spend_without_both,
         sum(impressions_without_spend) AS impressions_without_spend,
         sum(impressions_without_clicks) AS impressions_without_clicks,
         sum(clicks_without_spend) AS clicks_without_spend,
         sum(clicks_without_impressions) AS clicks_without_impressions,
         sum(spend_minor) FILTER (WHERE a.leads) AS spend_of_leads,
         sum(spend_all_in_minor) FILTER (WHERE a.leads) AS spend_all_in_of_leads,
         sum(spend_minor) FILTER (WHERE a.stages) AS spend_of_stages,
         sum(spend_all_in_minor) FILTER (WHERE a.stages) AS spend_all_in_of_stages,
         sum(spend_minor) FILTER (WHERE a.log) AS spend_of_log
  FROM delivered_by JOIN accounts AS a USING (account_key) GROUP BY current
),
asked AS (
  SELECT current, sum(b.leads) AS leads, sum(undecided) AS undecided, sum(judged) AS judged,
         sum(qualified) AS qualified, sum(meetings) AS meetings, sum(deals) AS deals,
         sum(qualified_within_horizon) AS qualified_within_horizon,
         sum(qualified_ever_logged) AS qualified_ever_logged, sum(logged) AS logged,
         sum(revenue_minor) AS revenue_minor, sum(b.leads) FILTER (WHERE a.spend) AS leads_of_spend,
         sum(b.leads) FILTER (WHERE a.stages) AS leads_of_stages,
         sum(qualified) FILTER (WHERE a.spend) AS qualified_of_spend,
         sum(revenue_minor) FILTER (WHERE a.spend) AS revenue_of_spend
  FROM asked_by AS b JOIN accounts AS a USING (account_key) GROUP BY current
),
measures AS (
  SELECT p.current, marts.total(d.spend_minor, d.n, $spend_known) AS spend_minor,
         marts.total(d.spend_all_in_minor, d.n, $spend_known) AS spend_all_in_minor,
         marts.total(d.impressions, d.n, $impressions_known) AS impressions,
         marts.total(d.clicks, d.n, $clicks_known) AS clicks, marts.total(d.reach, d.n, $reach_known) AS reach,
         marts.counted(a.leads, $leads_known) AS leads, marts.counted(a.undecided, $leads_known) AS undecided,
         marts.counted(a.judged, $stages_known) AS judged, marts.counted(a.qualified, $stages_known) AS qualified,
         marts.counted(a.meetings, $stages_known) AS meetings, marts.counted(a.deals, $stages_known) AS deals,
         marts.counted(a.qualified_within_horizon, $log_known) AS qualified_within_horizon,
         marts.counted(a.qualified_ever_logged, $log_known) AS qualified_ever_logged,
         marts.counted(a.logged, $log_known) AS logged, marts.counted(a.revenue_minor, $revenue_known) AS revenue_minor,
         d.* EXCLUDE (current, n, spend_minor, spend_all_in_minor, impressions, clicks, reach),
         a.leads_of_spend, a.leads_of_stages, a.qualified_of_spend, a.revenue_of_spend
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
         marts.with_both(spend_minor, spend_without_both) AS spend_minor_with_both,
         marts.counted(spend_of_leads, spend_minor IS NOT NULL) AS spend_minor_with_leads,
         marts.counted(spend_all_in_of_leads, spend_minor IS NOT NULL) AS spend_all_in_minor_with_leads,
         marts.counted(leads_of_spend, leads IS NOT NULL) AS leads_with_spend,
         marts.counted(spend_of_stages, spend_minor IS NOT NULL) AS spend_minor_with_stages,
         marts.counted(spend_all_in_of_stages, spend_minor IS NOT NULL) AS spend_all_in_minor_with_stages,
         marts.counted(leads_of_stages, leads IS NOT NULL) AS leads_with_stages,
         marts.counted(qualified_of_spend, qualified IS NOT NULL) AS qualified_with_spend,
         marts.counted(spend_of_log, spend_minor IS NOT NULL) AS spend_minor_with_log,
         marts.counted(revenue_of_spend, revenue_minor IS NOT NULL) AS revenue_minor_with_spend
  FROM measures
)
SELECT *, marts.ratio(clicks_with_impressions, impressions_with_clicks, 1) AS ctr,
       marts.ratio(spend_minor_with_clicks, clicks_with_spend, 1) AS cpc,
       marts.ratio(spend_minor_with_impressions, impressions_with_spend, 1000) AS cpm,
       marts.ratio(spend_minor_with_leads, leads_with_spend, 1) AS cpl,
       marts.ratio(spend_minor_with_stages, qualified_with_spend, 1) AS cpql,
       marts.ratio(spend_all_in_minor_with_leads, leads_with_spend, 1) AS cpl_all_in,
       marts.ratio(spend_all_in_minor_with_stages, qualified_with_spend, 1) AS cpql_all_in,
       marts.ratio(qualified, judged, 1) AS conversion_rate,
       marts.ratio(qualified, leads_with_stages, 1) AS qualified_share,
       marts.ratio(undecided, leads, 1) AS undecided_share,
       marts.ratio(revenue_minor_with_spend, spend_minor, 1) AS roas
FROM shared ORDER BY current DESC;

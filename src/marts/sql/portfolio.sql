-- One row per account of the selection: sums of the period and of the days it is compared with, leads nobody contacted
-- and what they cost at their campaigns' cost per lead, and spend and qualified leads bucket by bucket.
-- Reads:  marts.accounts, marts.delivery_corrected, marts.leads_corrected
-- Params: $from, $to, $before_from, $before_to (dates, inclusive; null: compared with nothing), $bucket_days, $as_of,
--         $whole (neither project nor campaign narrows)
WITH parts AS (
  SELECT 'now' AS span, d.account_key, d.campaign_key, ((d.day - $from::DATE) // $bucket_days::INTEGER)::INTEGER AS bucket,
         count(*) AS n, sum(d.spend_minor) AS spend_minor, sum(d.spend_all_in_minor) AS spend_all_in_minor
  FROM marts.delivery_corrected AS d
  WHERE d.day BETWEEN $from::DATE AND $to::DATE /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT 'before' AS span, d.account_key, sum(d.spend_minor) AS spend_minor,
         sum(d.spend_all_in_minor) AS spend_all_in_minor
  FROM marts.delivery_corrected AS d
  WHERE d.day BETWEEN $before_from::DATE AND $before_to::DATE /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT 'now' AS span, l.account_key, l.campaign_key,
         ((l.arrival_day - $from::DATE) // $bucket_days::INTEGER)::INTEGER AS bucket, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.stage IS NOT NULL AND NOT l.undecided) AS judged,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified,
         sum(l.weight) FILTER (WHERE l.first_touch_at IS NULL AND l.stage = 'new') AS never
  FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT 'before' AS span, l.account_key, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified
  FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $before_from::DATE AND $before_to::DATE /*narrow l*/
  GROUP BY ALL
),
campaigns AS (
  SELECT account_key, campaign_key, sum(never) * sum(spend_minor)::DOUBLE / nullif(sum(leads), 0) AS never_minor
  FROM parts WHERE span = 'now' AND campaign_key IS NOT NULL GROUP BY ALL
),
counted AS (
  SELECT account_key, count(*) AS campaigns, round(sum(never_minor))::BIGINT AS never_minor FROM campaigns GROUP BY ALL
),
buckets AS (
  SELECT account_key, bucket, sum(n) AS n, sum(spend_minor) AS spend_minor, sum(leads) AS leads,
         sum(qualified) AS qualified
  FROM parts WHERE span = 'now' GROUP BY ALL
),
lines AS (
  SELECT account_key, list(bucket ORDER BY bucket) AS buckets,
         list(CASE WHEN n > 0 THEN spend_minor END::DOUBLE ORDER BY bucket) AS bucket_spend,
         list(CASE WHEN leads > 0 THEN coalesce(qualified, 0) END::DOUBLE ORDER BY bucket) AS bucket_qualified
  FROM buckets GROUP BY ALL
),
sums AS (
  SELECT account_key, sum(spend_minor) FILTER (WHERE span = 'now') AS spend_minor,
         sum(spend_all_in_minor) FILTER (WHERE span = 'now') AS spend_all_in_minor,
         sum(leads) FILTER (WHERE span = 'now') AS leads, sum(judged) AS judged,
         sum(qualified) FILTER (WHERE span = 'now') AS qualified, sum(never) AS never,
         sum(spend_minor) FILTER (WHERE span = 'before') AS spend_minor_before,
         sum(spend_all_in_minor) FILTER (WHERE span = 'before') AS spend_all_in_minor_before,
         sum(leads) FILTER (WHERE span = 'before') AS leads_before,
         sum(qualified) FILTER (WHERE span = 'before') AS qualified_before
  FROM parts GROUP BY account_key
),
known AS (
  SELECT a.account_key, a.account_id, a.currency, len(a.currencies) > 1 AS mixed, a.first_day,
         CASE WHEN $as_of IS NULL THEN a.last_day ELSE least(a.last_day, $as_of::DATE) END AS last_day,
         CASE WHEN $as_of IS NULL THEN a.active_day ELSE least(a.active_day, $as_of::DATE) END AS active_day,
         marts.knew(a.spend_since, $as_of) AS knows_spend, marts.knew(a.leads_since, $as_of) AS knows_leads,
         marts.knew_stages(a.staged, a.logged_since, $as_of) AS knows_stages
  FROM marts.accounts AS a WHERE true /*account a*/
)
SELECT k.account_id, k.currency, k.mixed, k.first_day, k.last_day, k.active_day, k.knows_spend, k.knows_leads, k.knows_stages,
       coalesce(c.campaigns, 0) AS campaigns,
       CASE WHEN k.knows_spend THEN coalesce(s.spend_minor, 0)::BIGINT END AS spend_minor,
       CASE WHEN k.knows_spend THEN coalesce(s.spend_all_in_minor, 0)::BIGINT END AS spend_all_in_minor,
       marts.counted(s.leads, k.knows_leads) AS leads, marts.counted(s.judged, k.knows_stages) AS judged,
       marts.counted(s.qualified, k.knows_stages) AS qualified, marts.counted(s.never, k.knows_stages) AS never,
       CASE WHEN k.knows_spend AND k.knows_stages THEN coalesce(c.never_minor, 0) END AS never_minor,
       CASE WHEN k.knows_spend THEN coalesce(s.spend_minor_before, 0)::BIGINT END AS spend_minor_before,
       CASE WHEN k.knows_spend THEN coalesce(s.spend_all_in_minor_before, 0)::BIGINT END AS spend_all_in_minor_before,
       marts.counted(s.leads_before, k.knows_leads) AS leads_before,
       marts.counted(s.qualified_before, k.knows_stages) AS qualified_before,
       coalesce(l.buckets, []) AS buckets, coalesce(l.bucket_spend, []) AS bucket_spend,
       coalesce(l.bucket_qualified, []) AS bucket_qualified
FROM known AS k
LEFT JOIN sums AS s USING (account_key)
LEFT JOIN counted AS c USING (account_key)
LEFT JOIN lines AS l USING (account_key)
WHERE $whole::BOOLEAN OR s.account_key IS NOT NULL
ORDER BY s.spend_minor DESC NULLS LAST, k.account_id;

-- One row per bucket of the period, in order; null where no row is there.
-- Reads:  marts.delivery_corrected, marts.leads_corrected
-- Params: $from, $to (dates, inclusive), $grain (day | week | month), $week_start (0 = Sunday), $mature_until (date),
--         $leads_known, $stages_known
WITH calendar AS (
  SELECT day, CASE $grain
    WHEN 'week' THEN day - ((dayofweek(day) - $week_start::INTEGER + 7) % 7)::INTEGER
    WHEN 'month' THEN date_trunc('month', day)::DATE
    ELSE day END AS bucket
  FROM (SELECT unnest(generate_series($from::DATE, $to::DATE, INTERVAL 1 DAY))::DATE AS day)
),
delivered AS (
  SELECT d.day, count(*) AS n, sum(d.spend_minor) AS spend_minor, sum(d.impressions) AS impressions,
         sum(d.clicks) AS clicks
  FROM marts.delivery_corrected AS d WHERE d.day BETWEEN $from::DATE AND $to::DATE /*narrow d*/
  GROUP BY d.day
),
asked AS (
  SELECT l.arrival_day AS day, sum(l.weight) AS leads,
         coalesce(sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')), 0) AS qualified,
         coalesce(sum(l.weight) FILTER (WHERE l.undecided), 0) AS undecided
  FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
  GROUP BY l.arrival_day
)
SELECT greatest(c.bucket, $from::DATE) AS start, sum(d.spend_minor) AS spend_minor,
       sum(d.impressions) AS impressions, sum(d.clicks) AS clicks,
       CASE WHEN $leads_known AND count(d.n) + count(a.leads) > 0 THEN coalesce(sum(a.leads), 0) END AS leads,
       CASE WHEN $stages_known AND count(d.n) + count(a.leads) > 0 THEN coalesce(sum(a.qualified), 0) END AS qualified,
       CASE WHEN $leads_known AND count(d.n) + count(a.leads) > 0 THEN coalesce(sum(a.undecided), 0) END AS undecided,
       max(c.day) > $mature_until::DATE AS immature
FROM calendar AS c LEFT JOIN delivered AS d USING (day) LEFT JOIN asked AS a USING (day)
GROUP BY c.bucket ORDER BY c.bucket;

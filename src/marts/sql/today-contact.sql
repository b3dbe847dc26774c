-- One row for the last day with leads ('day') and one for the seven days up to $at ('week'): leads, and how their first
-- contact stands to what was promised, in minutes of working time. Those of a moment are `before` the day's own plus the
-- minutes of the day's hours that have passed; an account without hours of its own has those of ''.
-- Reads:  marts.leads_corrected, marts.delivery_corrected, marts.accounts
-- Params: $day (date), $at (timestamp), $calendar (JSON list of account, day, before, start, stop, promised)
WITH calendar AS (
  SELECT unnest(from_json($calendar, '[{"account":"VARCHAR","day":"DATE","before":"BIGINT","start":"INTEGER","stop":"INTEGER","promised":"INTEGER"}]'),
                recursive := true)
),
own AS (SELECT DISTINCT account FROM calendar WHERE account <> ''),
arrived AS (
  SELECT l.campaign_key, l.arrival_at, l.arrival_day, l.weight, coalesce(o.account, '') AS hours, a.account_id,
         CASE WHEN l.first_touch_at >= l.arrival_at THEN least(l.first_touch_at, $at::TIMESTAMP) END AS touched_at,
         l.first_touch_at IS NULL AND l.stage = 'new' AS untouched
  FROM marts.leads_corrected AS l
  JOIN marts.accounts AS a USING (account_key)
  LEFT JOIN own AS o ON o.account = a.account_id
  WHERE l.arrival_at <= $at::TIMESTAMP AND l.arrival_day > $at::DATE - 7 /*narrow l*/
),
timed AS (
  SELECT r.*, c.promised,
         coalesce(t.before + greatest(0, least(60 * hour(r.touched_at) + minute(r.touched_at), t.stop) - t.start),
                  n.before + greatest(0, least(60 * hour($at::TIMESTAMP) + minute($at::TIMESTAMP), n.stop) - n.start))
         - c.before - greatest(0, least(60 * hour(r.arrival_at) + minute(r.arrival_at), c.stop) - c.start) AS minutes
  FROM arrived AS r
  JOIN calendar AS c ON c.account = r.hours AND c.day = r.arrival_day
  JOIN calendar AS n ON n.account = r.hours AND n.day = $at::DATE
  LEFT JOIN calendar AS t ON t.account = r.hours AND t.day = r.touched_at::DATE
),
judged AS (
  SELECT *, touched_at IS NOT NULL AND minutes <= promised AS in_time,
         touched_at IS NOT NULL AND minutes > promised AS late, untouched AND minutes > promised AS breached,
         untouched AND minutes <= promised AS due
  FROM timed
),
sums AS (
  SELECT d.campaign_key, sum(d.spend_minor) AS spend_minor, 0 AS leads
  FROM marts.delivery_corrected AS d WHERE true /*narrow d*/
  GROUP BY ALL
  UNION ALL
  SELECT l.campaign_key, 0, sum(l.weight) FROM marts.leads_corrected AS l WHERE true /*narrow l*/
  GROUP BY ALL
),
cost AS (
  SELECT campaign_key, sum(spend_minor)::DOUBLE / nullif(sum(leads), 0) AS cpl FROM sums GROUP BY campaign_key
),
priced AS (SELECT j.*, c.cpl FROM judged AS j LEFT JOIN cost AS c USING (campaign_key))
SELECT s.span, coalesce(sum(weight), 0)::BIGINT AS leads, coalesce(sum(weight) FILTER (WHERE untouched), 0)::BIGINT AS untouched,
       coalesce(sum(weight) FILTER (WHERE in_time), 0)::BIGINT AS in_time,
       coalesce(sum(weight) FILTER (WHERE late), 0)::BIGINT AS late,
       coalesce(sum(weight) FILTER (WHERE breached), 0)::BIGINT AS breached,
       coalesce(sum(weight) FILTER (WHERE due), 0)::BIGINT AS due,
       round(sum(weight * cpl) FILTER (WHERE breached))::BIGINT AS breached_minor,
       strftime(min(arrival_at) FILTER (WHERE breached), '%Y-%m-%d %H:%M:%S') AS oldest
FROM (VALUES ('day'), ('week')) AS s(span)
LEFT JOIN priced AS p ON s.span = 'week' OR p.arrival_day = $day::DATE
GROUP BY s.span ORDER BY s.span;

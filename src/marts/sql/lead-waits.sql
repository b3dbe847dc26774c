-- One row per lead of the selection: what is known of its first contact, and how long it waited or still waits.
-- Times are minutes of the account's wall clock; a working minute is one within its working days and hours.
-- Reads:  marts.leads_corrected, marts.log_corrected, marts.accounts
-- Params: $from, $to (dates, inclusive), $as_of (date or NULL), $until (timestamp: when the data end), $now (UTC),
--         $bulk_rows; $mask, $opens, $closes, $within (working days as bits from Sunday, hours, minutes allowed), and $own,
--         a JSON list of the same of accounts with their own
WITH own AS (
  SELECT unnest(from_json($own,
    '[{"account_id":"VARCHAR","mask":"INTEGER","opens":"INTEGER","closes":"INTEGER","within":"INTEGER"}]'),
    recursive := true)
),
calendars AS (
  SELECT a.account_key, coalesce(o.mask, $mask::INTEGER) AS mask, coalesce(o.opens, $opens::INTEGER) * 60 AS opens,
         coalesce(o.closes, $closes::INTEGER) * 60 AS closes, coalesce(o.within, $within::INTEGER) AS within,
         least($until::TIMESTAMP, $now::TIMESTAMP AT TIME ZONE 'UTC' AT TIME ZONE a.time_zone) AS until
  FROM marts.accounts AS a LEFT JOIN own AS o USING (account_id) WHERE true /*scope a*/
),
-- Entries of new leads are no contacts.
log AS (
  SELECT g.lead_key, g.account_key, g.step, g.stage, g.status, date_trunc('minute', g.changed_at) AS minute
  FROM marts.log_corrected AS g
  WHERE g.stage IS DISTINCT FROM 'new' AND ($as_of::DATE IS NULL OR g.changed_at < $as_of::DATE + INTERVAL 1 DAY)
),
bulk AS (
  SELECT account_key, status, minute FROM log GROUP BY ALL HAVING count(*) >= $bulk_rows::BIGINT
),
told AS (
  SELECT lead_key, count(*) FILTER (WHERE stage = 'attempting') AS attempts, arg_min(status, step) AS touch_status
  FROM log GROUP BY lead_key
),
leads AS (
  SELECT l.lead_key, l.account_key, l.campaign_key, l.stage, l.arrival_at, l.first_touch_at, l.assigned_to,
         CASE WHEN l.first_touch_at IS NOT NULL THEN 'touched'
              WHEN l.stage = 'new' THEN 'never' WHEN l.stage = 'unknown' THEN 'unrecorded'
              ELSE 'untimed' END AS contact,
         coalesce(t.attempts, 0)::INTEGER AS attempts, b.minute IS NOT NULL AS bulk,
         c.mask, c.opens, c.closes, c.within, greatest(c.until, l.arrival_at) AS until,
         coalesce(l.first_touch_at, greatest(c.until, l.arrival_at)) AS ends_at,
         dayofweek(l.arrival_at)::INTEGER AS weekday, hour(l.arrival_at)::INTEGER AS hour
  FROM marts.leads_corrected AS l
  JOIN calendars AS c USING (account_key)
  LEFT JOIN told AS t USING (lead_key)
  LEFT JOIN bulk AS b ON b.account_key = l.account_key AND b.status = t.touch_status
                         AND b.minute = date_trunc('minute', l.first_touch_at)
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/ /*lead l*/
),
placed AS (
  SELECT *, arrival_at::DATE - DATE '1900-01-07' AS arrival_days, ends_at::DATE - DATE '1900-01-07' AS end_days,
         dayofweek(ends_at)::INTEGER AS end_weekday,
         hour * 60 + minute(arrival_at) AS arrival_minute, hour(ends_at) * 60 + minute(ends_at) AS end_minute
  FROM leads
),
-- Working minutes from a fixed Sunday: whole weeks, days of this week that are over, and what of today is.
worked AS (
  SELECT *,
    (((end_days - end_weekday) // 7 - (arrival_days - weekday) // 7) * bit_count(mask)
      + bit_count(mask & ((1 << end_weekday) - 1)) - bit_count(mask & ((1 << weekday) - 1))) * (closes - opens)
    + CASE WHEN (mask >> end_weekday) & 1 = 1 THEN least(greatest(end_minute - opens, 0), closes - opens) ELSE 0 END
    - CASE WHEN (mask >> weekday) & 1 = 1 THEN least(greatest(arrival_minute - opens, 0), closes - opens) ELSE 0 END
      AS working
  FROM placed
)
SELECT lead_key, account_key, campaign_key, stage, assigned_to, contact, attempts, bulk, weekday, hour,
       greatest(0, epoch_ms(ends_at) - epoch_ms(arrival_at)) // 60000 AS minutes,
       working::INTEGER AS working, within, ends_at,
       (epoch_ms(until) - epoch_ms(arrival_at)) // 86400000 AS age_days,
       (mask >> weekday) & 1 = 0 OR arrival_minute < opens OR arrival_minute >= closes AS after_hours,
       CASE WHEN contact NOT IN ('touched', 'never') THEN NULL
            WHEN working <= within THEN false
            WHEN contact = 'touched' AND bulk THEN NULL
            ELSE true END AS late
FROM worked

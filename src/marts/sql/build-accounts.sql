-- One row per account; days and what it knows are filled in when delivery and leads stand.
-- Reads:  staging.accounts, staging.settings, staging.campaigns, staging.deals
INSERT INTO marts.accounts
WITH owned AS (
  SELECT account_id, count(*) AS campaigns, list_sort(list(DISTINCT currency)) AS currencies
  FROM staging.campaigns GROUP BY account_id
),
dealt AS (
  SELECT account_id, coalesce(min(deal_date)::TIMESTAMP, TIMESTAMP 'infinity') AS since
  FROM staging.deals GROUP BY account_id
)
SELECT row_number() OVER (ORDER BY try_cast(a.account_id AS BIGINT) NULLS LAST, a.account_id), a.account_id,
       CASE WHEN len(o.currencies) = 1 THEN o.currencies[1] ELSE s.currency END, s.time_zone, s.all_in_factor,
       coalesce(o.currencies, [s.currency]), s.undecided_stages, s.horizon_days, s.lag_hours,
       NULL, NULL, NULL, NULL, NULL, NULL, false, d.since,
       coalesce(o.campaigns, 0), NULL, NULL, NULL, NULL
FROM staging.accounts AS a
JOIN staging.settings AS s USING (settings_id)
LEFT JOIN owned AS o ON o.account_id = a.account_id
LEFT JOIN dealt AS d ON d.account_id = a.account_id
ORDER BY a.account_id;

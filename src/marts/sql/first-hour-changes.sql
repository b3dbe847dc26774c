-- One row per day of the week (0 = Sunday), hour and whether a bulk edit wrote them: status changes beyond new. Ten or
-- more of one account that get the same status within one minute were typed in together.
-- Reads:  marts.log_corrected
WITH changes AS (
  SELECT g.changed_at, count(*) OVER (PARTITION BY g.account_key, g.status, date_trunc('minute', g.changed_at)) >= 10 AS bulk
  FROM marts.log_corrected AS g WHERE g.stage IS DISTINCT FROM 'new' /*account g*/
)
SELECT dayofweek(changed_at)::INTEGER AS weekday, hour(changed_at)::INTEGER AS hour, bulk, count(*) AS changes
FROM changes GROUP BY ALL ORDER BY ALL;

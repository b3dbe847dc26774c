-- One row per account and holder of open leads (null: nobody) and how many of them are late.
-- Reads:  work_leads
-- Params: $accounts, $late_accounts with $late_wall (arrivals up to which an untouched lead is late), $now_ms, $since_wall
WITH late AS (SELECT unnest($late_accounts::VARCHAR[]) AS account, unnest($late_wall::BIGINT[]) AS until_wall)
SELECT w.account, w.holder, count(*) AS open,
       count(*) FILTER (WHERE w.next_ms <= $now_ms::BIGINT
                              OR (NOT work_touched(w.touched_wall, w.attempts, w.stage)
                                  AND w.arrived_wall BETWEEN $since_wall::BIGINT AND l.until_wall)) AS overdue
FROM work_leads AS w LEFT JOIN late AS l USING (account)
WHERE w.account IN (SELECT unnest($accounts::VARCHAR[])) AND work_open(w.stage)
GROUP BY ALL ORDER BY ALL;

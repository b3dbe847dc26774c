-- One row per account and holder of open leads (null: nobody) and how many of them are late.
-- Reads:  work_leads
-- Params: $accounts, $late_accounts with $late_ms (arrivals up to which an untouched lead is late), $now_ms, $since_ms
WITH late AS (SELECT unnest($late_accounts::VARCHAR[]) AS account, unnest($late_ms::BIGINT[]) AS until_ms)
SELECT w.account, w.holder, count(*) AS open,
       count(*) FILTER (WHERE w.next_ms <= $now_ms::BIGINT
                              OR (NOT work_touched(w.touched_ms, w.attempts, w.stage)
                                  AND w.arrived_ms BETWEEN $since_ms::BIGINT AND l.until_ms)) AS overdue
FROM work_leads AS w LEFT JOIN late AS l USING (account)
WHERE list_contains($accounts::VARCHAR[], w.account) AND work_open(w.stage)
GROUP BY ALL ORDER BY ALL;

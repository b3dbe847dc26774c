-- Logged leads by the month of their first log row, one row per month: how many were ever logged with $status.
-- Reads:  lead_logs, log
-- Params: $status, $from, first day counted
WITH reached AS (SELECT DISTINCT account_id, lead_id FROM log WHERE status = $status)
SELECT strftime(g.first_at, '%Y-%m') AS item, strftime(g.first_at, '%Y-%m') AS label, NULL::VARCHAR AS account_id,
       NULL AS money_minor, count(*) AS leads, NULL::INTEGER AS file_id, NULL::BIGINT AS line,
       strftime(g.first_at, '%Y-%m') AS month, count(r.lead_id) AS qualified,
       round(count(r.lead_id) / count(*), 4) AS share
FROM lead_logs AS g LEFT JOIN reached AS r ON r.account_id = g.account_id AND r.lead_id = g.lead_id
WHERE g.first_at >= $from::DATE
GROUP BY month

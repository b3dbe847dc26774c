-- For each lead id that several accounts use, whose it is: in lead lines, and in the files of status changes and deals,
-- which only their account (--account) or their import tells. As for campaigns: the account named, else the only one of
-- the import, else the only one that had the id by then, or the first to have it; else nobody's, and the row waits.
-- Reads:  lead_copies, shared_leads, lead_homes, leads_begun, raw.lead_status_changes, raw.deals, raw.files
INSERT INTO staging.lead_mentions
WITH mentions AS (
  SELECT DISTINCT file_id, lead_id FROM raw.lead_status_changes SEMI JOIN shared_leads USING (lead_id)
  UNION
  SELECT DISTINCT file_id, lead_id FROM raw.deals SEMI JOIN shared_leads USING (lead_id)
  UNION
  SELECT DISTINCT file_id, lead_id FROM lead_copies SEMI JOIN shared_leads USING (lead_id) WHERE owner IS NULL
),
timed AS (
  SELECT m.file_id, m.lead_id, count(DISTINCT b.owner) FILTER (WHERE b.since <= m.file_id) AS known,
         arg_min(b.owner, b.since) AS first
  FROM mentions AS m JOIN leads_begun AS b USING (lead_id) GROUP BY ALL
),
settled AS (
  SELECT m.file_id, m.lead_id, coalesce(CASE WHEN list_contains(s.accounts, f.account) THEN f.account END, h.home,
                                        CASE WHEN t.known <= 1 THEN t.first END) AS owner
  FROM mentions AS m
  JOIN shared_leads AS s USING (lead_id)
  JOIN raw.files AS f USING (file_id)
  JOIN timed AS t USING (file_id, lead_id)
  LEFT JOIN lead_homes AS h USING (import_id, lead_id)
)
SELECT file_id, lead_id, owner, staging.in_account(lead_id, owner) FROM settled ORDER BY ALL;

INSERT INTO staging.lead_names
SELECT l.file_id, l.line, coalesce(l.owner, m.owner),
       coalesce(m.unique_id, staging.in_account(l.lead_id, l.owner))
FROM lead_copies AS l SEMI JOIN shared_leads AS s ON s.lead_id = l.lead_id
LEFT JOIN staging.lead_mentions AS m ON l.owner IS NULL AND m.file_id = l.file_id AND m.lead_id = l.lead_id
ORDER BY ALL;

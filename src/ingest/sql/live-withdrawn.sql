-- Statuses that were taken back leave.
-- Reads:  raw.files
-- Params: $lines
DELETE FROM raw.lead_status_changes
WHERE list_contains($lines::BIGINT[], line) AND file_id IN (SELECT file_id FROM raw.files WHERE format = 'live');

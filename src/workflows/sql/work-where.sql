-- The accounts in which leads with these ids are known.
-- Reads:  work_leads
-- Params: $named
SELECT account, lead FROM work_leads WHERE list_contains($named::VARCHAR[], lead) ORDER BY ALL;

-- The accounts in which leads with these ids are known.
-- Reads:  work_leads
-- Params: $named
SELECT account, lead FROM work_leads WHERE lead IN (SELECT unnest($named::VARCHAR[])) ORDER BY ALL;

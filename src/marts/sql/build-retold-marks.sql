-- Leads told anew count by their new row on the corrected basis.
-- Reads:  marts.lead_retold
UPDATE marts.lead_outcome AS l SET corrected = false FROM marts.lead_retold AS r WHERE r.lead_key = l.lead_key;

-- Lead ids that several accounts use, the one account an import names for such an id, and since which file each has it.
-- Reads:  lead_copies
CREATE OR REPLACE TEMP TABLE shared_leads AS
SELECT lead_id, list(DISTINCT owner) AS accounts FROM lead_copies WHERE owner IS NOT NULL
GROUP BY lead_id HAVING count(DISTINCT owner) > 1;

CREATE OR REPLACE TEMP TABLE lead_homes AS
SELECT import_id, lead_id, any_value(owner) AS home FROM lead_copies SEMI JOIN shared_leads USING (lead_id)
WHERE owner IS NOT NULL GROUP BY ALL HAVING count(DISTINCT owner) = 1;

CREATE OR REPLACE TEMP TABLE leads_begun AS
SELECT lead_id, owner, min(file_id) AS since FROM lead_copies SEMI JOIN shared_leads USING (lead_id)
WHERE owner IS NOT NULL GROUP BY ALL;

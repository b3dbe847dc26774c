-- Leads with an address that reaches nobody, one row per lead: malformed, of a throw-away service, or of a domain that is
-- a common slip of the keyboard.
-- Reads:  leads
-- Params: $disposable, domains; $mistyped, JSON list of {typed, means}
WITH domains AS (
  SELECT DISTINCT lower(split_part(email, '@', 2)) AS domain FROM leads WHERE email_valid
),
slips AS (
  SELECT slip.typed, slip.means
  FROM (SELECT unnest(from_json($mistyped, '[{"typed":"VARCHAR","means":"VARCHAR"}]')) AS slip)
),
bad AS (
  SELECT d.domain,
         CASE WHEN s.typed IS NOT NULL THEN 'mistyped' ELSE 'disposable' END AS kind, s.means
  FROM domains AS d LEFT JOIN slips AS s ON s.typed = d.domain
  WHERE s.typed IS NOT NULL OR list_contains($disposable::VARCHAR[], d.domain)
     OR list_contains($disposable::VARCHAR[], array_to_string(string_split(d.domain, '.')[-2:], '.'))
)
SELECT coalesce(b.kind, 'malformed') AS item, coalesce(b.kind, 'malformed') AS label, l.account_id,
       NULL AS money_minor, 1 AS leads, l.file_id, l.line, l.lead_id, l.campaign_id, l.email, b.means
FROM leads AS l LEFT JOIN bad AS b ON b.domain = lower(split_part(l.email, '@', 2))
WHERE l.email IS NOT NULL AND (NOT l.email_valid OR b.kind IS NOT NULL)

-- One row: spend and leads of the selection on every basis.
-- Reads:  marts.delivery_raw, marts.delivery_deduplicated, marts.delivery_corrected, marts.leads_raw,
--         marts.leads_deduplicated, marts.leads_corrected
-- Params: $from, $to (dates, inclusive), $spend_known, $leads_known
WITH received AS (
  SELECT count(*) AS n, sum(r.spend_minor) AS spend FROM marts.delivery_raw AS r
  WHERE r.day BETWEEN $from::DATE AND $to::DATE /*narrow r*/
),
counted AS (
  SELECT count(*) AS n, sum(c.spend_minor) AS spend FROM marts.delivery_deduplicated AS c
  WHERE c.day BETWEEN $from::DATE AND $to::DATE /*narrow c*/
),
treated AS (
  SELECT count(*) AS n, sum(d.spend_minor) AS spend FROM marts.delivery_corrected AS d
  WHERE d.day BETWEEN $from::DATE AND $to::DATE /*narrow d*/
),
asked_received AS (
  SELECT sum(s.weight) AS leads FROM marts.leads_raw AS s
  WHERE s.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow s*/
),
asked_counted AS (
  SELECT sum(q.weight) AS leads FROM marts.leads_deduplicated AS q
  WHERE q.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow q*/
),
asked_treated AS (
  SELECT sum(l.weight) AS leads FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
)
SELECT marts.total(received.spend, received.n, $spend_known) AS raw_spend,
       marts.total(counted.spend, counted.n, $spend_known) AS deduplicated_spend,
       marts.total(treated.spend, treated.n, $spend_known) AS corrected_spend,
       marts.counted(asked_received.leads, $leads_known) AS raw_leads,
       marts.counted(asked_counted.leads, $leads_known) AS deduplicated_leads,
       marts.counted(asked_treated.leads, $leads_known) AS corrected_leads
FROM received, counted, treated, asked_received, asked_counted, asked_treated;

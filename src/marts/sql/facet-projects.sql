-- One row per project of the scope.
-- Reads:  marts.campaigns, marts.projects
SELECT p.project_name AS name, count(*) AS campaigns
FROM marts.campaigns AS c JOIN marts.projects AS p USING (project_key)
WHERE true /*scope c*/
GROUP BY p.project_name ORDER BY campaigns DESC, name;

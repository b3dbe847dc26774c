/** English texts of Leads and of long tables; these keys are the keys of every language. */
export const enLeads = {
  "dataTable.sort": "Sort by",
  "dataTable.ascending": "ascending",
  "dataTable.descending": "descending",
};

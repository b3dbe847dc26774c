/** English texts of files to take away and of work in the background; these keys are the keys of every language. */
export const enJobs = {
  "export.label": "Export",
  "export.name": "Export: {table}",
  "export.xlsx": "Spreadsheet (XLSX)",
  "export.csv": "CSV file",
  "export.help":
    "Every row as filtered and sorted here; phones and e-mails as this page shows them. In a spreadsheet only XLSX keeps long ids whole.",
};

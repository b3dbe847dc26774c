/** Public tables that learners are tried on: where they lie in the folder of public data, and what is honestly known. */

export interface PublicTable {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  /** Left out: the key, what is known only after the outcome, other outcomes. */
  readonly without: readonly string[];
}

/** What a lead was and did before anybody spoke with it: the README beside the data names the late columns. */
export const X_EDUCATION: PublicTable = {
  name: "x_education",
  file: "x_education/Leads.csv",
  target: "Converted",
  without: [
    "Prospect ID",
    "Lead Number",
    "Tags",
    "Lead Quality",
    "Lead Profile",
    "Last Activity",
    "Last Notable Activity",
    "Asymmetrique Activity Index",
    "Asymmetrique Profile Index",
    "Asymmetrique Activity Score",
    "Asymmetrique Profile Score",
  ],
};

export const HILLSTROM: PublicTable = {
  name: "hillstrom",
  file: "hillstrom/hillstrom.csv.gz",
  target: "visit",
  without: ["conversion", "spend"],
};

/** Arabic texts of Leads and of long tables. */
import type { enLeads } from "./en-leads.ts";
import type { DictionaryOf, PluralForm } from "./messages.ts";

export const arLeads: DictionaryOf<typeof enLeads, PluralForm> = {
  "dataTable.sort": "الترتيب حسب",
  "dataTable.ascending": "تصاعديًا",
  "dataTable.descending": "تنازليًا",
};

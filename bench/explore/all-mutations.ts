/** Every class of fault the data checks are examined on. */
import type { Mutation } from "./mutation.ts";
import { CAMPAIGNS } from "./mutations/campaigns.ts";
import { DECOYS } from "./mutations/decoys.ts";
import { FURTHER } from "./mutations/further.ts";
import { LEADS } from "./mutations/leads.ts";
import { LOG } from "./mutations/log.ts";
import { ROWS } from "./mutations/rows.ts";
import { SERIES } from "./mutations/series.ts";

export const MUTATIONS: readonly Mutation[] = [
  ...SERIES,
  ...ROWS,
  ...CAMPAIGNS,
  ...LEADS,
  ...LOG,
  ...FURTHER,
  ...DECOYS,
];

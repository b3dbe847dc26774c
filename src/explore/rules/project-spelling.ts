/**
 * Project spelling: one project under several names (case, spaces, invisible characters, punctuation, forms of Arabic
 * letters, two letters exchanged, one missing). Spaces and invisible characters are cleaned by themselves; other spellings are proposed for merging.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { NAMES } from "../delivery-nouns.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Remedy } from "../rule.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/project-spelling.sql");

/** A written name with what cannot be seen made visible. */
function shown(name: string): string {
  const edges = name.replace(/^\s+|\s+$/g, (spaces) => "␣".repeat(spaces.length));
  return edges
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "◌")
    .replace(/\u00A0/g, "␣");
}

export const projectSpelling = listingRule({
  id: "project-spelling",
  title: { en: "Projects written differently", ar: "مشاريع بكتابات مختلفة" },
  needs: ["campaigns"],
  thresholds: {},
  sql: SQL,
  unit: { en: "campaign rows", ar: "صفوف الحملات" },
  of: (look) => look.rows.campaigns,
  why: {
    en: "Each spelling becomes a project of its own: its spend and leads are missing from the real one.",
    ar: "كل كتابة تصبح مشروعًا مستقلًا، فيغيب إنفاقها وعملاؤها عن المشروع الحقيقي.",
  },
  async tell({ look, evidence: { rows, items } }) {
    const { session } = look;
    const parts = await session.first<{
      unclean: number;
      names: number;
      untidy: number;
      untidyNames: number;
      visible: number;
      spellings: number;
      projects: number;
      spend: number;
    }>(
      `SELECT count(*) FILTER (WHERE unclean) AS unclean, count(DISTINCT written) FILTER (WHERE unclean) AS names,
              count(*) FILTER (WHERE untidy AND NOT unclean) AS untidy,
              count(DISTINCT written) FILTER (WHERE untidy AND NOT unclean) AS "untidyNames",
              count(*) FILTER (WHERE visible) AS visible, count(DISTINCT cleaned) FILTER (WHERE visible) AS spellings,
              count(DISTINCT usual) FILTER (WHERE visible) AS projects,
              coalesce(sum(money_minor) FILTER (WHERE visible), 0)::BIGINT AS spend FROM ${GATHERED}`,
    );
    const {
      unclean = 0,
      names = 0,
      untidy = 0,
      untidyNames = 0,
      visible = 0,
      spellings = 0,
      projects = 0,
      spend = 0,
    } = parts ?? {};
    const merges = await session.all<{ usual: string; cleaned: string[]; written: string[] }>(
      `SELECT usual, list(DISTINCT cleaned ORDER BY cleaned) AS cleaned, list(DISTINCT written ORDER BY written) AS written
       FROM ${GATHERED} WHERE visible GROUP BY usual ORDER BY usual`,
    );
    const merge: Remedy = {
      kind: "merge",
      recommended: true,
      label: {
        en: `Merge the spellings into ${projects === 1 ? "one project" : "their projects"}`,
        ar: "دمج الكتابات في مشاريعها",
      },
      spendMinor: 0,
      leads: 0,
      action: async (chosen) => ({
        method: "merge_projects",
        merges: merges
          .filter((one) => chosen === null || one.written.some((name) => chosen.includes(name)))
          .map(({ usual, cleaned }) => ({ account: null, from: cleaned, into: usual })),
      }),
    };
    const share = await shareOfSpend(look, spend);
    return {
      items: items.map((item) => ({
        ...item,
        label: shown(item.id),
        detail: { en: `→ ${item.label}`, ar: `← ${item.label}` },
      })),
      severity: visible > 0 ? severityOf(share, { warning: 0.002, critical: 1.1 }) : "info",
      sentence: look.speak(
        (s) =>
          [
            unclean > 0
              ? `${s.n(unclean, { one: "{n} campaign row carries", other: "{n} campaign rows carry" })} ${s.n(names, { one: "{n} project name", other: "{n} project names" })} with spaces around or zero-width characters.`
              : "",
            untidy > 0
              ? `${s.n(untidy, { one: "{n} row", other: "{n} rows" })}${unclean > 0 ? " more" : ""} (${s.n(untidyNames, { one: "{n} name", other: "{n} names" })}) ${untidy === 1 ? "has" : "have"} doubled spaces or other invisible characters.`
              : "",
            unclean + untidy > 0 ? "Names are cleaned of these before anything is counted." : "",
            visible > 0
              ? `${s.n(spellings, { one: "{n} spelling", other: "{n} spellings" })} on ${s.n(visible, { one: "{n} campaign row", other: "{n} campaign rows" })} (${s.money(spend)} of spend) ${spellings === 1 ? "belongs" : "belong"} to ${s.n(projects, { one: "{n} project that is", other: "{n} projects that are" })} usually written otherwise.`
              : "",
          ]
            .filter(Boolean)
            .join(" "),
        (s) =>
          [
            unclean > 0
              ? `${s.n(unclean, { one: "صف حملة واحد يحمل", two: "صفّا حملات يحملان", few: "{n} صفوف حملات تحمل", other: "{n} صف حملة تحمل" })} ${s.n(names, NAMES.ar)} لمشاريع بمسافات حولها أو حروف صفرية العرض.`
              : "",
            untidy > 0
              ? `${unclean > 0 ? "و" : ""}${s.n(untidy, ROWS.ar)}${unclean > 0 ? " أخرى" : ""} (${s.n(untidyNames, NAMES.ar)}) بمسافات مضاعفة أو حروف أخرى غير مرئية.`
              : "",
            unclean + untidy > 0 ? "وتُنظَّف الأسماء من ذلك قبل أي حساب." : "",
            visible > 0
              ? `${s.n(spellings, { one: "كتابة واحدة", two: "كتابتان", few: "{n} كتابات", other: "{n} كتابة" })} في ${s.n(visible, { one: "صف حملة واحد", two: "صفّي حملات", few: "{n} صفوف حملات", other: "{n} صف حملة" })} (إنفاق ${s.money(spend)}) تخص ${s.n(projects, { one: "مشروعًا واحدًا يُكتب", two: "مشروعين يُكتبان", few: "{n} مشاريع تُكتب", other: "{n} مشروعًا تُكتب" })} عادةً بشكل آخر.`
              : "",
          ]
            .filter(Boolean)
            .join(" "),
      ),
      rows,
      question: {
        id: "project-spelling",
        text: {
          en: "Which spelling of each project is the right one?",
          ar: "ما الكتابة الصحيحة لكل مشروع؟",
        },
      },
      remedies: [
        ...(visible > 0 ? [merge] : []),
        leaveAsIs({ en: "They are different projects", ar: "هي مشاريع مختلفة" }),
      ],
    };
  },
});

/** English texts of the portfolio: every account in one line. */
export const enPortfolio = {
  "campaigns.tab.accounts": "Accounts",
  "portfolio.title": "Accounts",
  "portfolio.search": "Search accounts",
  "portfolio.searchHint": "Account",
  "portfolio.none": "No account matches this search.",
  "portfolio.clearSearch": "Clear the search",
  "portfolio.total": "{n} accounts",
  "portfolio.mixed": "mixed",
  "portfolio.mixedHelp": "These accounts have several currencies; their money is not added.",
  "portfolio.intro":
    "Open an account to narrow everything to it. Cost per qualified lead is all-in (with tax and fee), as its target is.",

  "portfolio.column.cpql": "CPQL, all-in",
  "portfolio.column.target": "Against target",
  "portfolio.column.change": "CPQL change",
  "portfolio.column.judged": "Judged",
  "portfolio.column.never": "Never contacted",
  "portfolio.column.trend": "Spend and qualified",
  "portfolio.column.last": "Last day",
  "portfolio.column.critical": "Critical",

  "portfolio.target.within": "Within: {change}",
  "portfolio.target.above": "Above by {change}",
  "portfolio.target.aboveNone": "Above: none qualified",
  "portfolio.target.unsure": "Cannot be told yet (n = {n})",
  "portfolio.target.unknown": "Not known",
  "portfolio.target.no": "No target",
  "portfolio.target.noHelp": "Set a target cost per qualified lead under Settings.",
  "portfolio.target.help":
    "Target {target}. 95% interval of the cost: {low} to {high}, from {n} qualified leads.",
  "portfolio.target.helpOpen":
    "Target {target}. The cost is at least {low} and has no upper end yet, from {n} qualified leads.",
  "portfolio.interval": "95% interval {low} to {high}, n = {n}",
  "portfolio.intervalOpen": "95% interval from {low} up, n = {n}",
  "portfolio.judgedOf": "{judged} of {n} leads; 95% interval {low} to {high}",
  "portfolio.neverHelp": "At the cost per lead of their campaigns: {money}",
  "portfolio.changeHelp": "Spend {spend}, leads {leads}, qualified {qualified} vs {period}",
  "portfolio.noChange": "Nothing to compare with",
  "portfolio.behind": {
    one: "{n} day behind the newest account",
    other: "{n} days behind the newest account",
  },
  "portfolio.stale": "stale",
  "portfolio.trendHelp": {
    one: "Bars: spend by day. Dots: qualified leads, {q} in all.",
    other: "Bars: spend, {n} days each. Dots: qualified leads, {q} in all.",
  },

  "portfolio.needs": "Who needs somebody first",
  "portfolio.needs.byMoney": "Ranked by money at stake in these days.",
  "portfolio.needs.byShare":
    "Ranked by the share of each account’s own spend at stake, as their currencies differ.",
  "portfolio.needs.none":
    "Nobody: no account is above its target, has leads nobody contacted, or lacks its last days.",
  "portfolio.needs.noTarget":
    "No account has a target cost per qualified lead yet, so none can be above it.",
  "portfolio.why.over_target": {
    one: "{money} beyond its target for {n} qualified lead ({share} of spend)",
    other: "{money} beyond its target for {n} qualified leads ({share} of spend)",
  },
  "portfolio.why.never_contacted": {
    one: "{n} lead nobody contacted, worth {money}",
    other: "{n} leads nobody contacted, worth {money}",
  },
  "portfolio.why.stale": {
    one: "its data end {n} day before the others",
    other: "its data end {n} days before the others",
  },
} as const;

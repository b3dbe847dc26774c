/** English texts of the portfolio, and of templates for many accounts. */
export const enPortfolio = {
  "campaigns.tab.accounts": "Accounts",
  "portfolio.title": "Accounts",
  "portfolio.search": "Search accounts",
  "portfolio.searchHint": "Account",
  "portfolio.none": "No account matches this search.",
  "portfolio.clearSearch": "Clear the search",
  "portfolio.total": { one: "{n} account", other: "{n} accounts" },
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
  "portfolio.target.above": "Above: {change}",
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

  "settings.tab.templates": "Templates",
  "templates.intro":
    "Settings under a name, for many accounts at once. You see what changes where before it does.",
  "templates.make": "New template",
  "templates.change": "Change",
  "templates.remove": "Delete",
  "templates.apply": "Apply …",
  "templates.applyOf": "Apply “{name}”",
  "templates.applyTo": { one: "Apply to {n} account", other: "Apply to {n} accounts" },
  "templates.name": "Name",
  "templates.nameless": "Give it a name.",
  "templates.from": "Take values from",
  "templates.fromHelp": "What is not ticked below stays as each account has it.",
  "templates.byHand": "Nowhere: by hand",
  "templates.nothing": "Tick at least one setting.",
  "templates.status": "Status {status}",
  "templates.savedBy": "Saved by {person}, {when}",
  "templates.all": "All accounts",
  "templates.chooseFirst": "Choose accounts to see what changes in them.",
  "templates.changes": "What changes",
  "templates.setting": "Setting",
  "templates.before": "Now",
  "templates.after": "Then",
  "templates.unchanged": {
    one: "In {n} account all of it holds already.",
    other: "In {n} accounts all of it holds already.",
  },
  "templates.uses": "Where templates were applied",
  "templates.usesHelp":
    "Taking one back takes it back in all its accounts; what was set by hand since stays.",
  "templates.inAccounts": { one: "in {n} account", other: "in {n} accounts" },
  "templates.usedBy": "Applied by {person}, {when}",
  "templates.takeBack": "Take back",
} as const;

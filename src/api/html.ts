/** The few pages that the server writes itself: no script, one stylesheet, nothing from elsewhere. */

import { escaped } from "../report/explore/html.ts";

/** A whole document around a body that is already HTML. */
export function htmlPage(page: { readonly title: string; readonly body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(page.title)} · leadsmart</title>
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
${page.body}
</body>
</html>
`;
}

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #566173; --line: #d9dee6; --paper: #ffffff;
  --wash: #f4f6f9; --accent: #0b6e5f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #a3aebd; --line: #333c49; --paper: #12161c; --wash: #1a2029; --accent: #55c8b4; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
h1 { font-size: 1.6rem; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; }
code, kbd { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; }
.card { max-width: 34rem; margin: 12vh auto 0; padding: 2rem; border: 1px solid var(--line); border-radius: .75rem; }
.soft { color: var(--soft); }
nav ul { columns: 2; padding-left: 1.1rem; }
article { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; }
article h3 code { font-size: .95rem; }
.verb { display: inline-block; min-width: 4.2rem; font-weight: 600; color: var(--accent); }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .6rem 0 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-top: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
@media (max-width: 40rem) { nav ul { columns: 1; } }
`;

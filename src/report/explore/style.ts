/** The report's look: one sheet inside the file, light and dark by the reader's choice, plain on paper. */
export const STYLE = `
:root{--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--bg:#fff;--panel:#f6f8fa;--c1:#0072b2;--c2:#d55e00;--c3:#009e73;
--critical:#a40e26;--warning:#8a4b00;--info:#0550ae;--good:#116329}
@media (prefers-color-scheme:dark){:root{--fg:#e6edf3;--soft:#9aa4af;--line:#30363d;--bg:#0d1117;--panel:#161b22;
--c1:#56b4e9;--c2:#e69f00;--c3:#3ccf9e;--critical:#ff8182;--warning:#e3b341;--info:#79c0ff;--good:#56d364}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1040px;padding:24px 20px 64px;background:var(--bg);color:var(--fg);
font:14px/1.55 "Noto Sans","Noto Sans Arabic",system-ui,"Segoe UI",Tahoma,sans-serif}
[lang=ar] body{line-height:1.75}
h1{font-size:22px;line-height:1.3;margin:0 0 4px}h2{font-size:17px;margin:36px 0 10px;padding-block-end:6px;border-block-end:1px solid var(--line)}
h3{font-size:15px;margin:0 0 4px}p{margin:0 0 8px;max-width:80ch}
header p,.soft{color:var(--soft)}a{color:var(--info)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:13px}
th{font-weight:600;text-align:start;color:var(--soft)}
th,td{padding:5px 8px;border-block-end:1px solid var(--line);vertical-align:top}
.n{text-align:end;white-space:nowrap}.scroll{overflow-x:auto}
code,pre{font:12px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,monospace}
pre{direction:ltr;text-align:left;background:var(--panel);padding:10px;overflow-x:auto;white-space:pre-wrap;border-radius:6px}
.short{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:12px;margin-block:16px}
.short>div,.card{border:1px solid var(--line);border-radius:6px;padding:12px 14px;break-inside:avoid}
.short h2{margin:0 0 8px;border:0;padding:0;font-size:15px}.short li{margin-block-end:6px}
.short ol,.short ul{margin:0;padding-inline-start:18px}
.card{margin-block:12px;border-inline-start:4px solid var(--line)}
.card.critical{border-inline-start-color:var(--critical)}.card.warning{border-inline-start-color:var(--warning)}
.card.info{border-inline-start-color:var(--info)}
.badge{display:inline-block;font-size:12px;font-weight:600;margin-inline-end:8px}
.badge.critical::before{content:"▲ "}.badge.warning::before{content:"◆ "}.badge.info::before{content:"● "}
.badge.critical{color:var(--critical)}.badge.warning{color:var(--warning)}.badge.info{color:var(--info)}
.facts{display:flex;flex-wrap:wrap;gap:4px 24px;margin:8px 0;padding:0;list-style:none}
.facts b{display:block;font-size:16px;line-height:1.3;font-variant-numeric:tabular-nums}
.facts span{font-size:12px;color:var(--soft)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 12px;margin:8px 0}dt{color:var(--soft)}dd{margin:0}
details{margin-block:6px}summary{cursor:pointer;color:var(--info)}
figure{margin:10px 0;max-width:660px}figcaption{font-size:12px;color:var(--soft)}
.key::before{content:"";display:inline-block;width:10px;height:10px;margin-inline:0 6px;background:var(--key)}.key{margin-inline-end:14px}
svg{width:100%;height:auto;display:block}svg text{font-size:12px;fill:var(--soft)}svg .strong{fill:var(--fg)}
.grid{stroke:var(--line)}.spark{width:120px;fill:var(--c1)}
.w-total{fill:var(--soft)}.w-step{fill:var(--c2)}.w-proposed{fill:none;stroke:var(--c2);stroke-dasharray:4 3}
.w-hollow{fill:none;stroke:var(--soft)}.cut{stroke:var(--bg);stroke-width:3;fill:none}
.bar-k{fill:var(--c1)}.bar-j{fill:var(--c2)}.bar-q{fill:var(--c3)}
section section,#tables section{margin-block-end:28px}bdi{unicode-bidi:isolate}.ltr{direction:ltr;unicode-bidi:isolate;display:inline-block}
.note{background:var(--panel);padding:8px 12px;border-radius:6px}
@media print{body{max-width:none;padding:0;font-size:11px}.no-print{display:none}h2{break-after:avoid}
:root{--fg:#000;--soft:#444;--line:#bbb;--bg:#fff;--panel:#f4f4f4;--c1:#0072b2;--c2:#d55e00;--c3:#009e73}
tr{break-inside:avoid}a{color:inherit;text-decoration:none}}
`;

/** The report's look: one sheet inside the file, light and dark by the reader's choice, plain on paper. */
export const STYLE = `
:root{--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--bg:#fff;--panel:#f6f8fa;--c1:#0072b2;--c2:#d55e00;--c3:#009e73;
--critical:#a40e26;--warning:#8a4b00;--info:#0550ae;--good:#116329;
--h1:#fee838;--h2:#ccbb69;--h3:#a59c74;--h4:#7d7c78;--h5:#54586c;--h6:#00224e}
@media (prefers-color-scheme:dark){:root{--fg:#e6edf3;--soft:#9aa4af;--line:#30363d;--bg:#0d1117;--panel:#161b22;
--c1:#56b4e9;--c2:#e69f00;--c3:#3ccf9e;--critical:#ff8182;--warning:#e3b341;--info:#79c0ff;--good:#56d364;
--h1:#1d3a68;--h2:#54586c;--h3:#7d7c78;--h4:#a59c74;--h5:#ccbb69;--h6:#fee838}}
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
th.n{white-space:normal}a{unicode-bidi:isolate}code{direction:ltr;unicode-bidi:isolate}i{font-style:normal;color:var(--soft)}
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
.profile{min-width:760px}.profile th[scope=row]{font-weight:400;color:inherit}.told div+div{margin-block-start:2px}
.told{overflow-wrap:anywhere}.pair{display:inline-block}.n .spark{width:72px;margin-inline-start:auto;margin-block-start:4px}
.heat{width:168px;margin-block-start:6px}.h0{fill:none;stroke:var(--line)}
.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}.h5{fill:var(--h5)}.h6{fill:var(--h6)}
.gap-bars{width:150px}.nowrap{white-space:nowrap}
nav{margin-block:12px;line-height:1.9}.columns{columns:2;column-gap:32px}ul{padding-inline-start:20px}
.grid{stroke:var(--line)}.spark{width:168px;fill:var(--c1)}
.w-total{fill:var(--soft)}.w-step{fill:var(--c2)}.w-proposed{fill:none;stroke:var(--c2);stroke-dasharray:4 3}
.w-hollow{fill:none;stroke:var(--soft)}.cut{stroke:var(--bg);stroke-width:3;fill:none}
.notch{stroke:var(--bg);stroke-width:2;fill:none}.total td{font-weight:600}
.bar-k{fill:var(--c1)}.bar-j{fill:var(--c2)}.bar-q{fill:var(--c3)}
section section,#tables section{margin-block-end:28px}bdi{unicode-bidi:isolate}.ltr{direction:ltr;unicode-bidi:isolate;display:inline-block}
.note{background:var(--panel);padding:8px 12px;border-radius:6px}
@page{size:A4;margin:14mm 12mm;@bottom-center{content:counter(page) " / " counter(pages);font:9px sans-serif;color:#555}}
@media print{body{max-width:none;padding:0;font-size:11px;line-height:1.45}.no-print{display:none}
:root{--fg:#000;--soft:#444;--line:#bbb;--bg:#fff;--panel:#f4f4f4;--c1:#0072b2;--c2:#d55e00;--c3:#009e73;
--critical:#a40e26;--warning:#8a4b00;--info:#0550ae;
--h1:#fee838;--h2:#ccbb69;--h3:#a59c74;--h4:#7d7c78;--h5:#54586c;--h6:#00224e}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
h2{margin-block-start:20px}h2,h3,figcaption,summary{break-after:avoid}tr,figure,svg,.facts,dd{break-inside:avoid}
#tables section>p,#ads-or-follow-up>p{break-after:avoid}p,li{orphans:3;widows:3}.short{grid-template-columns:1fr 1fr 1fr;gap:8px}.short>div{padding:8px 10px}
.card{break-inside:auto;box-decoration-break:clone;-webkit-box-decoration-break:clone;padding:8px 10px;margin-block:8px}
#insights .card{break-inside:avoid}figure{max-width:500px}table{font-size:10px}th,td{padding:3px 5px}.scroll{overflow:visible}.profile{min-width:0}
code,pre{font-size:9.5px}.gap-bars{width:110px}.spark,.heat{width:120px}
.card details:not([open]){display:none}summary{color:inherit;list-style:none}a{color:inherit;text-decoration:none}}
`;

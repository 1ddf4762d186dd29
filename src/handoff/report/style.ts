/** All of the report's style. Colours are pairs for light and dark, each with a contrast of 4.5 or more against what is behind. */
export const style = `
:root{color-scheme:light dark;--page:#fbfaf8;--card:#fff;--ink:#1d1f22;--soft:#585d65;--line:#dcdad5;--strong:#8b8f96;--link:#15569c;--code:#f1efeb;--high:#a3201d;--medium:#7d4e00;--low:#4a5568;--good:#1c6637}
@media (prefers-color-scheme:dark){:root{--page:#141518;--card:#1c1e22;--ink:#e7e6e3;--soft:#a7abb3;--line:#34373d;--strong:#7c818a;--link:#8fc0f5;--code:#25282d;--high:#ff9d94;--medium:#f0bd6a;--low:#b4bcc9;--good:#86d3a0}}
@media print{:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--strong:#777;--link:#000;--code:#f3f3f3;--high:#8f1512;--medium:#6b4200;--low:#333;--good:#124d27}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
header,nav,main,footer{max-width:68rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:3rem}
.eyebrow{margin:0 0 .35rem;color:var(--soft);font-size:.875rem;letter-spacing:.04em}
h1{margin:0 0 .85rem;font-size:clamp(1.375rem,1.05rem + 1.6vw,2rem);line-height:1.18;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h1 .of{display:block;font-size:.6em;font-weight:500;letter-spacing:0;color:var(--soft);margin-bottom:.15rem}
h2{margin:0 0 .35rem;font-size:1.375rem;line-height:1.25;font-weight:650;letter-spacing:-.01em}
h3{margin:0 0 .35rem;font-size:1.0625rem;line-height:1.35;font-weight:650}
p{margin:0 0 .75rem;max-width:46rem}
.lead{color:var(--soft)}
section{padding:2.25rem 0 0;margin-top:2.25rem;border-top:1px solid var(--line)}
main>section:first-child{border-top:0;margin-top:0;padding-top:1.75rem}
h2+.lead{margin-bottom:1.1rem}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:3px}
.skip{position:absolute;left:1rem;top:-6rem;background:var(--card);padding:.5rem .9rem;border-radius:4px}
.skip:focus{top:.75rem}
nav{margin-top:1.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;list-style:none;margin:0;padding:.7rem 0;border-block:1px solid var(--line);font-size:.9375rem}
code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;font-size:.875em}
pre{margin:.5rem 0 0;padding:.6rem .8rem;background:var(--code);border-radius:6px;white-space:pre-wrap;line-height:1.5}
pre code{font-size:.8125rem}
pre+p{margin-top:1.25rem}
dl.summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1.1rem 2.5rem;margin:.7rem 0 0}
dl.summary dt{color:var(--soft);font-size:.875rem}
dl.summary dd{margin:.1rem 0 0}
ol.risks{list-style:none;margin:0;padding:0;display:grid;gap:.9rem}
.risk{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--tone);border-radius:8px;padding:1rem 1.2rem}
.risk p{margin-bottom:.4rem}
.risk p:last-child{margin-bottom:0}
.high{--tone:var(--high)}.medium{--tone:var(--medium)}.low{--tone:var(--low)}.good{--tone:var(--good)}
.badge{color:var(--tone);font-size:.875rem;font-weight:650;white-space:nowrap;margin-right:.5rem}
figure{margin:0}
figcaption{color:var(--soft);font-size:.875rem;margin-top:.75rem}
svg{display:none;max-width:100%;height:auto;font:13px ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
svg.narrow{display:block;width:100%;max-width:28rem}
.node rect{fill:var(--card);stroke:var(--strong);stroke-width:1}
.node text{fill:var(--ink)}
.node .small{fill:var(--soft);font-size:11.5px}
.node.dead rect{stroke-dasharray:4 3;fill:none}
.node.risky rect{stroke:var(--high);stroke-width:2}
.head{fill:var(--soft);font-size:12px;font-weight:650}
.edge{fill:none;stroke:var(--strong);stroke-width:1.25}
.edge.dead{stroke-dasharray:4 3}
.w{display:inline-block;max-width:100%}.d{white-space:nowrap}
table{width:100%;table-layout:fixed;border-collapse:collapse;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.55rem 1rem .55rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--soft);font-size:.875rem;font-weight:650;border-bottom-color:var(--strong)}
tbody th{font-weight:400}
td small,th small{display:block;color:var(--soft);font-size:.875rem}
.state{font-weight:650;color:var(--tone);white-space:nowrap}
article+article,table+table,table+h3,p+table{margin-top:1.5rem}
article+article{padding-top:1.5rem}
ul.plain{margin:0 0 .75rem;padding-left:1.1rem;max-width:46rem}
ul.plain li{margin:.2rem 0}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--link);width:fit-content;max-width:100%}
details[open]>summary{margin-bottom:.75rem}
footer{margin-top:3rem;padding-bottom:3.5rem;color:var(--soft);font-size:.875rem}
footer p{max-width:none}
.out{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (min-width:47.5rem){svg.narrow{display:none}svg.middle{display:block}}
@media print,(min-width:47.5rem){th:first-child{width:30%}.of-4 th:first-child{width:27%}.of-4 th:nth-child(2){width:20%}.of-4 th:nth-child(3){width:30%}.steps th:first-child{width:18%}.steps th:nth-child(2){width:22%}.deeds th:first-child{width:11.5rem}.deeds th:last-child{width:24%}}
@media (min-width:72rem){svg.middle{display:none}svg.wide{display:block}}
@media screen and (max-width:47.49rem){
header{padding-top:1.75rem}
section{padding-top:1.75rem;margin-top:1.75rem}
table,tbody,tr,td,tbody th,caption{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.8rem 0;border-bottom:1px solid var(--line)}
td,tbody th{padding:.1rem 0;border:0}
tbody th{font-weight:650}
td[data-label]::before{content:attr(data-label);display:block;color:var(--soft);font-size:.8125rem;margin-top:.3rem}
td:empty{display:none}
}
@media print{
html{font-size:10pt}
header,nav,main,footer{max-width:none;padding-inline:0}
header{padding-top:0}
nav,.skip{display:none}
section{margin-top:1.25rem;padding-top:1.25rem}
h2,h3,caption,summary{break-after:avoid}
.risk,tr,figure{break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto;opacity:1}
summary{list-style:none;color:inherit}
a{text-decoration:none}
svg.narrow,svg.wide{display:none}svg.middle{display:block}
}
`.replaceAll('\n', '');

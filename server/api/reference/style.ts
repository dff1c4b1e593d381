import { createHash } from "node:crypto";

/** The console's ink, lines and type, for a page that loads nothing else. */
export const referenceStyle = `
:root{color-scheme:light dark;--ink:light-dark(#1d2127,#eceef1);--muted:light-dark(#565d66,#a9b0b9);--line:light-dark(#e1e4e8,#343a42);--page:light-dark(#fdfdfd,#0e1013);--soft:light-dark(#f5f6f8,#171a1f);--accent:light-dark(#00677a,#5cc8d8)}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:14px/20px system-ui,sans-serif}
a{color:var(--accent);text-underline-offset:2px}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre,.path{font:13px/20px ui-monospace,SFMono-Regular,Menlo,monospace}
.frame{display:grid;grid-template-columns:15rem minmax(0,1fr);max-width:78rem;margin:0 auto}
nav{position:sticky;top:0;max-height:100vh;overflow:auto;padding:24px 16px 24px 24px;border-right:1px solid var(--line)}
nav h2{margin:16px 0 4px;font-size:13px;font-weight:600;color:var(--muted)}
nav ul{margin:0;padding:0;list-style:none}
nav li a{display:block;padding:2px 0;color:inherit;text-decoration:none}
nav li a:hover{text-decoration:underline}
main{min-width:0;padding:24px}
h1{margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600}
main h2{margin:40px 0 8px;font-size:16px;line-height:24px;font-weight:600}
section{padding:24px 0;border-top:1px solid var(--line)}
section h3{margin:0 0 4px;font-size:14px;font-weight:600}
h4{margin:16px 0 4px;font-size:13px;font-weight:600;color:var(--muted)}
p{margin:0 0 8px;max-width:70ch}
.path{overflow-wrap:anywhere}
.method{font-weight:600}
.muted{color:var(--muted)}
.scroll{overflow-x:auto}
pre{margin:4px 0;padding:12px;overflow-x:auto;background:var(--soft);border:1px solid var(--line);border-radius:6px}
table{width:100%;border-collapse:collapse;font-size:13px}
th{font-weight:600;color:var(--muted);text-align:left}
th,td{padding:6px 16px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
td:first-child{white-space:nowrap}
summary{cursor:pointer;margin:16px 0 4px;font-size:13px;font-weight:600;color:var(--muted)}
@media(max-width:760px){.frame{display:block}nav{position:static;max-height:none;border:0;border-bottom:1px solid var(--line);padding:16px}main{padding:16px}}
`;

const hash = createHash("sha256").update(referenceStyle).digest("base64");

/** The page runs no script and loads nothing; its one stylesheet is named by its hash. */
export const referencePolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

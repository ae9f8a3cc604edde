// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Style of the pages under /docs and of those to print. A string, because the build copies no files; every contrast is at least 4.5 : 1. */
export const pageStyle = `
:root { color-scheme: light; --line: #767676; --soft: #f2f2f2; --link: #0017c1; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 4rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.7 "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", "Meiryo", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); }
header p { font-weight: bold; }
header nav a { margin-right: 1rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid #000; outline-offset: 2px; background: #ffd43d; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; }
h1 { font-size: 1.75rem; } h2 { margin-top: 3rem; font-size: 1.4rem; border-bottom: 2px solid #1a1a1a; } h3 { font-size: 1.1rem; }
small { font-size: 0.6em; font-weight: normal; }
code, pre { font-family: "Noto Sans Mono", "Consolas", monospace; font-size: 0.9em; }
code { background: var(--soft); padding: 0 0.2em; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: 1rem; overflow-x: auto; }
pre code { padding: 0; overflow-wrap: normal; }
details { border-top: 1px solid #ccc; padding: 0.25rem 0; }
details[open] { padding-bottom: 1.5rem; }
summary { cursor: pointer; padding: 0.4rem 0; }
.method { display: inline-block; min-width: 4.5em; text-align: center; font-weight: bold; font-size: 0.85em; color: #fff; background: #444; }
.method.get { background: #00539c; } .method.post { background: #1b5e20; } .method.delete { background: #a30000; } .method.put { background: #7a3e00; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
th { background: var(--soft); }
td p, td ul { margin: 0; }
td:first-child code { white-space: nowrap; overflow-wrap: normal; }
details.example { border: 0; }
td ul, .inner { padding-left: 1.2em; margin: 0; }
.contents { columns: 16rem; }
@page { size: A4; margin: 15mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.5; } .wide { overflow: visible; }
  h1 { font-size: 16pt; margin: 0 0 2mm; } h2 { font-size: 12.5pt; margin: 5mm 0 2mm; } h3 { font-size: 11pt; margin: 3mm 0 1mm; } h2, h3 { break-after: avoid; } }
.sheet { border: 0; margin: 0; } .sheet > thead > tr > td, .sheet > tbody > tr > td { border: 0; padding: 0; background: none; }
.sheet .running { display: flex; justify-content: space-between; border-bottom: 1px solid var(--line); margin-bottom: 0.5rem; font-size: 0.8em; }
.sheet .head { display: flex; justify-content: space-between; gap: 1.5rem; align-items: flex-start; }
.sheet .head svg { width: 30mm; height: 30mm; flex: none; }
.sheet .code { font-size: 1.25em; font-weight: bold; letter-spacing: 0.05em; background: none; white-space: nowrap; }
.sheet .fields { table-layout: fixed; } .sheet .fields th { width: 26%; }
.sheet td.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.sheet tr { break-inside: avoid; } .sheet tr.long { break-inside: auto; }
.sheet > tbody > tr { break-inside: auto; }
.sheet .answer { break-inside: avoid; } .sheet .answer .blank { height: 9mm; } .sheet .answer .space { height: 28mm; }
.plain { font-size: 1.2em; line-height: 2; break-after: page; } .plain svg { width: 34mm; height: 34mm; }
@media print { details::details-content { content-visibility: visible; } header nav, .skip { display: none; } }
`;

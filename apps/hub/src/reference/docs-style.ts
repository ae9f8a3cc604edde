// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Style of the pages under /docs. A string, because the build copies no files; every contrast is at least 4.5 : 1. */
export const docsStyle = `
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
@media print { details::details-content { content-visibility: visible; } header nav, .skip { display: none; } }
`;

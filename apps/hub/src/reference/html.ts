// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { escaped, table } from '../platform';

/** A page of ours: no script, no font and no style from elsewhere, so it works in a closed network. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<a class="skip" href="#main">本文へ</a>
<header><p><a href="/docs">つなぎハブ API</a></p>
<nav aria-label="文書"><a href="/docs/codes">コード一覧</a> <a href="/openapi.json">openapi.json</a> <a href="/asyncapi.json">asyncapi.json</a></nav></header>
<main id="main">
${body}
</main>
</body>
</html>
`;
}

/** As much of Markdown as our own descriptions use. */
export function markdown(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((block) => blockOf(block.split('\n')))
    .join('\n');
}

function blockOf(lines: readonly string[]): string {
  const [first = ''] = lines;
  const heading = /^##+ (.*)$/.exec(first);
  if (heading) return `<h3>${inline(heading[1] ?? '')}</h3>`;
  if (first === '---') return '<hr>';
  if (first.startsWith('|')) return tableOf(lines);
  // A list may follow its introduction without a blank line.
  const parts: string[] = [];
  for (const line of lines) {
    const item = /^(?:-|\d+\.) (.*)$/.exec(line);
    parts.push(item ? `<li>${inline(item[1] ?? '')}</li>` : `<p>${inline(line)}</p>`);
  }
  const tag = /^\d+\. /.test(lines.find((line) => /^(-|\d+\.) /.test(line)) ?? '') ? 'ol' : 'ul';
  return parts.join('\n').replace(/(?:<li>.*<\/li>\n?)+/g, (items) => `<${tag}>${items.trimEnd()}</${tag}>\n`);
}

function tableOf([head = '', , ...rows]: readonly string[]): string {
  const cells = (row: string) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => inline(cell.trim()));
  return table(cells(head), rows.map(cells));
}

/** Code and stress inside a line. */
export const inline = (text: string) =>
  escaped(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { docsPage } from './docs-page';
import { markdown } from './html';
import { openApi } from './openapi';
import { version } from './texts';
import { controllersOfHub } from '../reference-files';

describe('the page of the API', () => {
  let html: string;
  beforeAll(async () => (html = docsPage(JSON.parse(JSON.stringify(openApi(await controllersOfHub(), version))))));

  it('shows every operation, its body and its example', () => {
    expect(html).toContain('<code>/api/v1/referrals/{id}/accept</code> 引き受ける');
    expect(html).toContain('&quot;personMatched&quot;: true');
    expect(html).not.toMatch(/undefined|\[object/);
  });

  it('needs nothing from elsewhere, no script and no style inside', () => {
    expect(html).not.toMatch(/<script|<style|style=|src=|https?:\/\/(?!127\.0\.0\.1)[^`<]*"/);
  });

  it('leads only to places that it has', () => {
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);
    expect(targets.length).toBeGreaterThan(50);
    expect(targets.filter((id) => !html.includes(`id="${id}"`))).toEqual([]);
  });
});

describe('Markdown of our descriptions', () => {
  it.each([
    ['a list after a line', 'x\n- `a`\n- b', '<p>x</p>\n<ul><li><code>a</code></li>\n<li>b</li></ul>'],
    ['numbers', '1. **a**\n2. b', '<ol><li><strong>a</strong></li>\n<li>b</li></ol>'],
    ['what looks like HTML', '<b> & "c"', '<p>&lt;b&gt; &amp; &quot;c&quot;</p>'],
    ['a heading', '## a', '<h3>a</h3>'],
  ])('turns %s into HTML', (_, text, html) => {
    expect(markdown(text).trim()).toBe(html);
  });

  it('turns a table into a table', () => {
    expect(markdown('| a | b |\n|---|---|\n| 1 | `2` |')).toContain('<td>1</td><td><code>2</code></td>');
  });
});

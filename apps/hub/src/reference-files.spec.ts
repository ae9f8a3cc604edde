// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { categoryNames } from '@tsunagi/contracts';
import { authoritiesPage } from './reference';
import { rowsOfTheLaw } from './migrations/1764700000000-law-of-disclosure.rows';

describe('the page of the bases of the law', () => {
  const page = authoritiesPage(rowsOfTheLaw);
  const sections = page.split('\n## ').slice(1);

  it('has every row, with its article, and that nobody has checked it', () => {
    expect(sections).toHaveLength(rowsOfTheLaw.length);
    rowsOfTheLaw.forEach(({ statute, code }, n) => {
      expect(sections[n]).toContain(statute);
      expect(sections[n]).toContain(`\`${code}\``);
      expect(sections[n]).toContain('| 確かめた人と日 | なし |');
    });
  });

  it('says all in words: who approves, for how long, what a refusal does', () => {
    const emergency = sections.find((s) => s.includes('`emergency`'));
    expect(emergency).toContain('提供の後でもよい(承認者)。なければ記録から72時間で終わる');
    expect(emergency).toContain('到着だけ');
    expect(emergency).toContain(categoryNames.health);
    expect(page).not.toMatch(/undefined|\[object/);
  });
});

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionNames, guardNames, stateNames } from '@tsunagi/contracts';
import { ReferralAction, ReferralState, transitions } from '@tsunagi/domain';
import { lifePage } from './life-page';

describe('the page of a referral’s life', () => {
  const page = lifePage();
  const table = page
    .slice(page.indexOf('## 手続き'))
    .split('\n')
    .filter((line) => line.startsWith('| '));

  it('draws every state, and every arrow that leads from one to another', () => {
    for (const state of ReferralState.options) expect(page).toContain(`    ${state}: ${stateNames[state]}`);
    for (const { action, from, to } of transitions)
      if (to !== 'same' && to !== 'before' && action !== 'mark-error')
        for (const state of from) expect(page).toMatch(new RegExp(`^ {4}${state} --> ${to}: .`, 'm'));
  });

  it('has a row for each arrow of the table, with as many cells as columns', () => {
    expect(table).toHaveLength(transitions.length + 2);
    for (const line of table) expect([line, line.split(' | ').length]).toEqual([line, 7]);
  });

  it('names every step that somebody may ask for, and all that it asks for', () => {
    for (const action of ReferralAction.options) {
      const rows = table.filter((line) => line.includes(`| \`${action}\` |`));
      expect([action, rows.length > 0]).toEqual([action, true]);
      for (const row of rows) expect(row).toContain(actionNames[action]);
    }
    for (const guard of transitions.flatMap((t) => t.guards)) expect(page).toContain(guardNames[guard]);
  });
});

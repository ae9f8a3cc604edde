// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { residenceStatusIn } from './residence-status';

describe('what speaks of a 在留資格', () => {
  it('is found in whatever group and field it stands', () => {
    const items = {
      identity: { name: '見本　月子', otherNames: [{ name: '見本' }] },
      contact_wishes: { when: '夜', mustNotKnow: '入管。在留期間が切れたため' },
      concern: { boxes: [] },
      employment: { status: '特定技能', note: 'なし' },
      service_use: { services: ['訪問', '在留カードの更新の手伝い'] },
      narrative: { fact: '落ち着いている。', view: 'ビザのことを心配している。' },
    };
    expect(residenceStatusIn({ items })).toEqual(['contact_wishes', 'employment', 'service_use', 'narrative']);
    expect(residenceStatusIn({ items: {} })).toEqual([]);
  });
});

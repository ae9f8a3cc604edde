// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { examplesOf, withdrawalProof, type WithdrawalProof } from '@tsunagi/contracts';
import { withdrawalPage } from './withdrawal-page';

const [example] = Object.values(examplesOf(withdrawalProof) ?? {});
const proof = example?.value as WithdrawalProof;
const [gone] = proof.gone;
const now = new Date('2026-11-28T10:00:00+09:00');

describe('the printed proof of a withdrawal', () => {
  const recalled = (recall: (typeof proof)['gone'][number]['recall']) =>
    withdrawalPage({ ...proof, gone: gone ? [{ ...gone, recall }] : [] }, now);

  it('says when it was said, what had gone on which basis, and by when who has not answered yet is to answer', () => {
    const page = recalled({ requestedAt: proof.at, dueOn: '2026-12-04' });
    for (const text of [
      '2026年11月27日 14:03',
      '本人の同意',
      '氏名・生年月日・性別、相談事由',
      'まだ返事がありません。<br>返事の期限 2026年12月4日',
    ])
      expect(page).toContain(text);
  });

  it('says that the recipient has answered', () => {
    const page = recalled({ requestedAt: proof.at, acknowledgedAt: '2026-11-28T09:00:00+09:00' });
    expect(page).toContain('2026年11月28日 09:00 使うのをやめたと返事がありました。');
    expect(page).toContain('情報をどうしたかは、まだ書かれていません。');
    expect(page).not.toContain('まだ返事がありません。');
  });

  it('says what became of the data, and under which law it is kept, as text', () => {
    const acknowledged = { requestedAt: proof.at, acknowledgedAt: '2026-11-28T09:00:00+09:00' };
    expect(recalled({ ...acknowledged, disposition: { done: 'erased' } })).toContain('情報を消しました。');
    expect(recalled({ ...acknowledged, disposition: { done: 'returned' } })).toContain('情報を返しました。');
    expect(recalled({ ...acknowledged, disposition: { done: 'kept', law: '<b>試験法' } })).toContain(
      '法令によって、記録として残します。(&lt;b&gt;試験法)',
    );
  });

  it('says so where there is nothing', () => {
    const page = withdrawalPage({ ...proof, gone: [], talks: [] }, now);
    expect(page.split('ありません。')).toHaveLength(5);
  });

  it('shows the name of a desk as text', () => {
    const receivedBy = { ...proof.receivedBy, name: '<script>窓口' };
    expect(withdrawalPage({ ...proof, receivedBy }, now)).toContain('&lt;script&gt;窓口');
  });
});

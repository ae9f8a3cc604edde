// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ReferralStatus, StatusCode, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { claim, deliveryId, referralId } from '../../test/answer-row';
import { writeEcho } from '../consultations/consultation-key';
import { resultColumns } from './result-row';
import { EchoMissingError } from './results.errors';
import { toResult } from './to-result';

/** 00:10 of the 21st in Japan. */
const now = new Date('2026-11-20T15:10:00.987Z');
const echo = writeEcho({ sodanId: 'S-2026-0101', target: '1' });
const status = (more: Partial<ReferralStatus> = {}): ReferralStatus => ({
  deliveryId,
  claim,
  referralId,
  code: '20',
  at: '2026-11-20T10:00:00.250+09:00',
  echo,
  ...more,
});
const row = (more: Partial<ReferralStatus> = {}) => toResult(status(more), now);

describe('what became of the office’s request', () => {
  it('is one row under its own keys, and holds what the hub delivered and no more', () => {
    expect(row()).toEqual({
      kekka_id: uuidToBase32(deliveryId),
      sodan_id: 'S-2026-0101',
      tsunagi_bunya: '1',
      hub_shokai_id: uuidToBase32(referralId),
      jotai_cd: '20',
      jotai_dt: '2026-11-20 10:00:00.250',
      uketsuke_kikan: null,
      tantosha: null,
      jikai_ymd: null,
      sashimodoshi_riyu: null,
      renraku_bun: null,
      teisei_kbn: '1',
      sakusei_dt: '2026-11-21 00:10:00',
      sakusei_sha: 'HUB',
    });
  });

  it('has every column that is written', () => {
    expect(Object.keys(row())).toEqual([...resultColumns]);
  });

  it('is a row of its own for another worker or date under the same code', () => {
    const next = '019a9f00-0000-7000-8000-0000000000f9';
    const again = row({ deliveryId: next, worker: '見本　五郎', nextContactOn: '2026-12-08' });
    const { kekka_id, tantosha, jikai_ymd, ...rest } = again;
    expect([kekka_id, tantosha, jikai_ymd]).toEqual([uuidToBase32(next), '見本　五郎', '20261208']);
    expect(row()).toMatchObject(rest);
  });

  it('names desk, worker, next date, reason and text where they may go back', () => {
    const by = { domain: 'kaigo', code: '9970100005', name: '見本市地域包括支援センター' } as const;
    const more = { by, worker: '見本　四郎', nextContactOn: '2026-12-01', returnReason: '101', note: '一行目\n二行目' };
    expect(row({ code: '50', ...more })).toMatchObject({
      jotai_cd: '50',
      uketsuke_kikan: '見本市地域包括支援センター',
      tantosha: '見本　四郎',
      jikai_ymd: '20261201',
      sashimodoshi_riyu: '101',
      renraku_bun: '一行目\n二行目',
    });
  });

  it.each(StatusCode.options)('tells state %s by its code', (code) => {
    expect(row({ code })).toMatchObject({ jotai_cd: code });
  });

  it('fits its columns by characters, of whatever plane, and says where it goes on', () => {
    const by = { domain: 'kaigo', code: 'K', name: '𠮷'.repeat(81) } as const;
    const cut = row({ by, worker: '𠮷'.repeat(41), note: '𠮷'.repeat(401) });
    expect([...(cut.uketsuke_kikan ?? '')]).toHaveLength(80);
    expect([...(cut.tantosha ?? '')]).toHaveLength(40);
    expect([...(cut.renraku_bun ?? '')]).toHaveLength(400);
    expect(cut.uketsuke_kikan).toMatch(/…$/);
    expect(cut.renraku_bun).toMatch(/…（以下、ハブの画面で確認）$/);
    expect(row({ note: '𠮷'.repeat(400) })).toMatchObject({ renraku_bun: '𠮷'.repeat(400) });
  });

  it.each([undefined, '["00990010","0000000201","KAI-1"]', 'x'])(
    'cannot be told without the keys this plugin sent along (%s)',
    (foreign) => {
      const { echo: _ours, ...rest } = status();
      expect(() => toResult(foreign === undefined ? rest : { ...rest, echo: foreign }, now)).toThrow(EchoMissingError);
    },
  );
});

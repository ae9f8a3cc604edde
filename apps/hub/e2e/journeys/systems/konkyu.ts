// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { heldOf, kekka } from '../consultations';
import type { FormOver } from '../../town/konkyu-desk';
import { wallClock } from '../../town/written';
import { acceptBy, has, type Asked, type System, type Way } from './system';

/** The columns of one row of T_HUB_UKETSUKE, of whom the journeys say what is in it. */
const blank = {
  shurui_cd: null,
  soshin_bunya: null,
  soshin_kikan: null,
  soshin_tanto: null,
  konkyo_cd: null,
  shimei: null,
  furigana: null,
  seibetsu: null,
  seinen_gengo: null,
  seinen_ymd: null,
  jusho: null,
  tel: null,
  setai_ninzu: null,
  sodan_naiyo: null,
  renraku_bun: null,
  kinkyu: null,
  kigen_ymd: null,
  teikyo_mask: null,
  sakusei_dt: expect.any(Date),
  torikomi_flg: '0',
  torikomi_dt: null,
};

const formOf = ({ consent, address }: Asked): FormOver => ({
  ...(consent && { doi_kbn: consent }),
  ...(address !== undefined && { jusho: address }),
});

/** 生活困窮: a view that is read, and tables that are inserted into. */
export function konkyuSystem({ town, seat }: Way): System {
  const desk = seat({ role: 'caseworker', domain: 'konkyu' });
  return {
    domain: 'konkyu',
    digit: '4',
    office: { code: '9900000041', name: '自立相談支援機関' },
    desk,
    supervisor: seat({ role: 'supervisor', domain: 'konkyu' }),

    said: {
      worker: '相談員　一',
      kanji: '見本　次郎',
      kana: 'ﾐﾎﾝ ｼﾞﾛｳ',
      fullKana: 'ミホン　ジロウ',
      birth: '19541103',
      eraBirth: '3291103',
      sex: '1',
      postalCode: '999-0001',
      address: '見本県見本市見本町一丁目１番１号',
      telephone: '099-123-0101',
      household: '',
      concerns: '101002000000',
      boxes: '1020000000010000',
    },
    async asks(key, to, over = {}) {
      await town.konkyu.consult(key, { tsunagi_bunya: to.digit, ...formOf(over) });
      // There is no 状態コード for waiting.
      if (over.consent === '9') return uuidToBase32(await heldOf(desk, key));
      return (await town.konkyu.told(key, '10')).hub_shokai_id ?? '';
    },
    changes: (key, _, over) => town.konkyu.rewrite(key, formOf(over)),
    codes: async (key) => (await town.konkyu.results(key)).map((r) => r.jotai_cd),
    async status({ key, referral, code, at, by, reason, worker, next, text }) {
      const row = kekka({
        sodan_id: key,
        tsunagi_bunya: expect.stringMatching(/^[1-6]$/),
        hub_shokai_id: referral,
        jotai_cd: code,
        jotai_dt: wallClock(at),
        uketsuke_kikan: by?.office.name ?? null,
        tantosha: worker ?? null,
        jikai_ymd: next ?? null,
        sashimodoshi_riyu: reason ?? null,
        renraku_bun: text ?? null,
      });
      const ofCode = async () => (await town.konkyu.results(key)).filter((r) => r.jotai_cd === code);
      await waitFor(async () => (await ofCode()).length > 0, { what: `${code} of ${key}`, timeoutMs: 30_000 });
      return { found: await ofCode(), expected: [row] };
    },

    async arrived(referral, mark) {
      const row = await town.konkyu.row(referral, mark);
      return { delivery: row.haiso_id, found: row };
    },
    record(of) {
      const { referral, delivery, mark, from, said, mask } = of;
      const ids = { haiso_id: delivery, hub_shokai_id: referral, torikeshi_kbn: mark };
      if (mark === '3') return { ...blank, ...ids };
      return {
        ...blank,
        ...ids,
        shurui_cd: '01',
        soshin_bunya: from.digit,
        soshin_kikan: from.office.name,
        soshin_tanto: said.worker || null,
        konkyo_cd: '01',
        shimei: said.kanji,
        furigana: said.fullKana,
        seibetsu: said.sex,
        // Of its own table: 1 大正 2 昭和.
        seinen_gengo: String(Number(said.eraBirth[0]) - 1),
        seinen_ymd: said.eraBirth.slice(1),
        ...(has(of, 2) && { jusho: said.address, tel: said.telephone || null }),
        ...(has(of, 4) && { setai_ninzu: Number(said.household) }),
        sodan_naiyo: said.boxes,
        kinkyu: '1',
        kigen_ymd: acceptBy(),
        teikyo_mask: mask,
      };
    },
    count: async (referral) => (await town.konkyu.all()).filter((r) => r.hub_shokai_id === referral).length,
    async answers({ referral, delivery }, code, _key, { worker = '試験　太郎', ...more } = {}) {
      const row = (await town.konkyu.all()).find((r) => r.haiso_id === delivery && r.hub_shokai_id === referral);
      if (!row) throw new Error('no such row');
      await town.konkyu.answer(row, code, { worker, ...more });
    },
  };
}

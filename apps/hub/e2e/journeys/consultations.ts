// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { answerRecord } from '../town/kaigo-desk';
import { waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import type { FormOver, Kekka } from '../town/konkyu-desk';
import type { Town } from '../town/town';
import { cp932, ymd } from '../town/written';

/** A referral by the numbers that the files of a 介護 system name: ハブ紹介ID and 配送ID. */
export interface Arrived {
  readonly referral: string;
  readonly delivery: string;
  readonly bytes: Buffer;
}

/** A consultation is recorded at the office, sent, and has arrived in the folder of the 介護 system. */
export async function consult(
  town: Pick<Town, 'kaigo' | 'konkyu'>,
  sodan: string,
  over: FormOver = {},
): Promise<Arrived> {
  await town.konkyu.consult(sodan, over);
  const referral = (await town.konkyu.told(sodan, '10')).hub_shokai_id ?? '';
  return { referral, ...(await town.kaigo.referral(referral)) };
}

/** The result file of a KAS file with one answer. */
export const resultFile = (record: string): Buffer =>
  cp932(`1,1,0,1,Z11,0,00990010,0,00,7,${ymd().slice(0, 6)},0\r\n2,2,Z115,01,1,${record}\r\n3,3\r\n`);

/** The care desk answers in its system, and its result file says that the answer was taken. */
export async function answerAsCare(town: Pick<Town, 'kaigo'>, ...told: Parameters<typeof answerRecord>): Promise<void> {
  const [{ referral }, , key] = told;
  const name = town.kaigo.answer(answerRecord(...told));
  expect(await town.kaigo.resultBytes(name)).toEqual(resultFile(`${key},10,,,${referral}`));
}

const hubId = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** A row of T_HUB_KEKKA, every column, of which a journey says the keys, the state and what came with it. */
export const kekka = (over: Partial<Kekka>): Kekka => ({
  kekka_id: expect.stringMatching(hubId),
  sodan_id: '',
  tsunagi_bunya: '1',
  hub_shokai_id: null,
  jotai_cd: '',
  jotai_dt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
  uketsuke_kikan: null,
  tantosha: null,
  jikai_ymd: null,
  sashimodoshi_riyu: null,
  renraku_bun: null,
  teisei_kbn: '1',
  sakusei_dt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.000$/),
  sakusei_sha: 'HUB',
  torikomi_flg: '0',
  torikomi_dt: null,
  ...over,
});

/** The office's own number of whom this referral speaks of. */
export const sodanOf = async (office: Api, id: string): Promise<string> =>
  (await office('GET', `/referrals/${id}`)).body.members[0].identifiers[0].value;

/** Waits for the referral of this consultation that has no authority yet. */
export const heldOf = (office: Api, sodan: string): Promise<string> =>
  waitFor(
    async () => {
      const { items } = (await office('GET', '/referrals?state=awaiting_authority&limit=200')).body;
      for (const { id } of items as { id: string }[]) if ((await sodanOf(office, id)) === sodan) return id;
      return undefined;
    },
    { what: 'a referral that waits', timeoutMs: 30_000 },
  );

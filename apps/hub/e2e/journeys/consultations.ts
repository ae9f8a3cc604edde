// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { answerRecord } from '../town/kaigo-desk';
import type { FormOver } from '../town/konkyu-desk';
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

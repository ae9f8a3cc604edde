// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { toHalfWidthKana } from '@tsunagi/text';
import { readFile } from 'node:fs/promises';
import type { ArrivedItem } from '../../testing/hub-double';
import type { Bench } from '../bench';
import type { Check } from '../check';
import { aDelivery, aStatus, recallOf } from '../deliveries';
import { junk, mutated, seeded } from '../junk';
import { aPerson } from '../people';
import type { Stage } from '../stage';
import { faultOf, submissionOf } from './intake';

/** Told nowhere else, so that where it is found it was leaked. */
const canary = {
  name: '鳥籠　金糸雀子',
  kana: 'トリカゴ カナリコ',
  note: '金糸雀の連絡文。',
  address: '見本県見本市金糸雀町四丁目',
  telephone: '099-444-7777',
};

export const noValuesTold: Check = {
  name: 'no-values',
  sentence: '記録の値も秘密も、エラー、ログ、受領、点検の結果、journal に出ない。',
  remedy: 'ログとエラーには番号とコードだけを書いてください。例外の文（message）をログに出さないでください。',
  run: async (bench) => {
    const stage = await bench.stage();
    const { ledger } = bench;
    const wrong = aPerson(1, { ...canary, birthDate: undefined });
    const items = [
      ...(await stage.bring(bench.input(aPerson(1, canary), wrong))),
      ...(await stage.bring(bench.input(aPerson(2, { ...canary, note: `${canary.note}１２３４５６７８９０１８` })))),
    ];
    for (const sample of bench.samples) items.push(...(await stage.bring(sample)));
    await spoil(bench, stage);
    await writeWhatCannotBe(bench, stage);
    const { plugin } = bench;
    ledger.add('点検（check）の結果', await stage.running.check());
    ledger.add('受領', stage.hub.receipts);
    ledger.add('ハブに告げる待ちの理由', [...items, ...stage.hub.items].map(faultOf));
    ledger.add('journal', await readFile(stage.journalPath, 'utf8'));
    try {
      plugin.journalFolder({ [canary.note]: canary.name });
      await plugin.connect({ [canary.note]: canary.name }, surroundingsOf(bench));
    } catch (error) {
      ledger.add('合わない設定を断るエラー', error);
    }
    const secrets = [
      ...Object.values(canary),
      toHalfWidthKana(canary.kana),
      ...Object.values(stage.office.secrets ?? {}),
    ];
    return ledger.placesOf([...secrets, ...valuesOf(items)]).map((place) => `${place}に値があります`);
  },
};

/** Everything that speaks when it is given nonsense. */
async function spoil(bench: Bench, stage: Stage): Promise<void> {
  const random = seeded(2);
  const { plugin, ledger } = bench;
  const sound = bench.input(aPerson(1, canary), aPerson(2, canary));
  for (let n = 0; n < 100; n += 1) {
    const bytes = n % 10 === 0 ? Buffer.concat([sound.bytes, junk(random)]) : mutated(sound.bytes, random);
    try {
      const findings = plugin.checkFile?.(bytes, sound.name).findings ?? [];
      // For whoever has the file before them; the one thing that may come from a value.
      ledger.add(
        'ファイルの点検（checkFile）',
        findings.map(({ suggestion: _suggestion, ...finding }) => finding),
      );
      await stage.dryRun({ name: sound.name, bytes });
    } catch (error) {
      ledger.add('読み取りのエラー', error);
    }
  }
  for (let n = 0; n < 3; n += 1) await stage.bring({ name: sound.name, bytes: mutated(sound.bytes, random) });
}

/** What no layout has room or signs for, what was never asked for, and what cannot be placed. */
async function writeWhatCannotBe(bench: Bench, stage: Stage): Promise<void> {
  const { name, kana, note, address, telephone } = canary;
  const items = { identity: { name, kana }, contact: { address, telephone }, narrative: { fact: note } };
  const long = { ...items, narrative: { fact: note.repeat(200) } };
  const strange = { ...items, identity: { name: `𠮷${name}`, kana: `𛀀${kana}` }, narrative: { fact: `😀${note}` } };
  for (const told of [items, long, strange]) {
    const delivery = aDelivery(bench, { items: told });
    await stage.deliver(delivery);
    await stage.deliver(recallOf(bench, delivery));
  }
  await stage.deliver(aDelivery(bench, { items, kind: 'notification' }));
  const status = aStatus(bench, `${name}${note}`);
  await stage.deliver({ ...status, status: { ...status.status, worker: name, note: `𠮷${note}` } });
}

/** Texts of the samples' persons, as far as they are long enough to belong to nobody else. */
function valuesOf(items: readonly ArrivedItem[]): string[] {
  return items.flatMap((item) => {
    const { identity, contact, narrative } = submissionOf(item)?.subject.items ?? {};
    const texts = [identity?.name, identity?.kana, contact?.address, contact?.telephone, narrative?.fact];
    return texts.filter((text) => text !== undefined && text.length >= 4) as string[];
  });
}

function surroundingsOf({ ledger }: Bench) {
  return { log: ledger.log } as never;
}

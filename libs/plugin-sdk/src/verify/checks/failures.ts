// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Bench } from '../bench';
import type { Check } from '../check';
import { aDelivery } from '../deliveries';
import type { Death } from '../dying-journal';
import { aPerson } from '../people';
import type { Stage } from '../stage';
import { goneSince, since, writtenIn } from '../written';

/** No delivery leaves as many lines in the journal. */
const mostLines = 40;

export const crashHarmless: Check = {
  name: 'crash',
  sentence: '書き込みと受領の間のどこで止まっても、再起動のあと、ちょうど一度だけ書かれている。',
  remedy:
    '書く → journal に残す → 見えるようにする、の順にしてください（envelopeFileSink・insertOnlyTableSink はそうします）。',
  run: async (bench) => {
    const stage = await bench.stage();
    const expected = await thingsOfOne(bench, stage);
    const faults: string[] = [];
    for (const when of ['before', 'after'] as const) {
      for (let line = 1; line <= mostLines; line += 1) {
        const outcome = await diedAt(bench, stage, { line, when }, expected);
        if (outcome === 'survived') break;
        faults.push(...outcome);
      }
    }
    return faults;
  },
};

/** How many things an undisturbed delivery leaves. */
async function thingsOfOne(bench: Bench, stage: Stage): Promise<number> {
  const before = await writtenIn(stage);
  await stage.deliver(aDelivery(bench));
  return since(before, await writtenIn(stage)).length;
}

/** A host that dies with a delivery in hand, and one that comes after it. */
async function diedAt(bench: Bench, stage: Stage, death: Death, expected: number): Promise<'survived' | string[]> {
  const delivery = aDelivery(bench);
  const before = await writtenIn(stage);
  let dead = false;
  let acked = false;
  await stage.stop();
  await stage.start(death, () => (dead = true));
  stage.send(delivery).then(
    () => (acked = true),
    () => undefined,
  );
  await stage.wait(() => dead || acked);
  if (!dead) return 'survived';
  await stage.abandon();
  await stage.start();
  const receipt = await stage.deliver(delivery);
  const after = await writtenIn(stage);
  const found = since(before, after).length;
  const where = `journal の ${death.line} 行目の${death.when === 'before' ? '前' : '後'}で止まったあと`;
  return [
    ...(found === expected && goneSince(before, after) === 0 ? [] : [`${where}：${expected} 件のはずが ${found} 件`]),
    ...(receipt?.outcome === 'delivered' ? [] : [`${where}：${receipt?.code ?? receipt?.outcome ?? 'NO_RECEIPT'}`]),
  ];
}

export const disableSafe: Check = {
  name: 'disable',
  sentence: '忙しいときに無効にしても止まり、手元のものは終わり、残りは有効にしたときに一度だけ続く。',
  remedy: '長い処理では intake.signal を見て止め、IntakeStoppedError を握りつぶさないでください。',
  run: async (bench) => [...(await withDeliveryInHand(bench)), ...(await withIntakeInHand(bench))],
};

async function withDeliveryInHand(bench: Bench): Promise<string[]> {
  const stage = await bench.stage();
  const expected = await thingsOfOne(bench, stage);
  const asked = stage.hub.checks.length;
  stage.hub.script.go = () => undefined;
  const before = await writtenIn(stage);
  const delivery = aDelivery(bench);
  const sent = stage.send(delivery);
  sent.catch(() => undefined);
  await stage.wait(() => stage.hub.checks.length > asked);
  stage.hub.script.go = () => true;
  try {
    await stage.stop();
  } catch {
    return ['配送が手元にあるとき、無効にしても止まりません'];
  }
  await stage.acked(sent.catch(() => undefined));
  await stage.start();
  await stage.deliver(delivery);
  const found = since(before, await writtenIn(stage)).length;
  return found === expected ? [] : [`手元にあった配送が ${found} 件書かれています`];
}

async function withIntakeInHand(bench: Bench): Promise<string[]> {
  const stage = await bench.stage();
  stage.hub.script.answer = () => undefined;
  await stage.leave(bench.input(aPerson(1), aPerson(2, { name: '見本　夏子' })));
  const { clock } = stage.running;
  await stage.wait(
    () => stage.hub.items.length > 0,
    () => clock.advance(1000),
  );
  try {
    await stage.stop();
  } catch {
    return ['取り込みの途中で無効にしても止まりません'];
  }
  const begun = new Set(stage.hub.items.map(({ itemId }) => itemId));
  stage.hub.script.answer = () => ({});
  const later = await stage.afterwards(async () => {
    await stage.start();
  });
  const [goneOn, all] = [new Set(later.map(({ itemId }) => itemId)), new Set([...begun])];
  for (const id of goneOn) all.add(id);
  return [
    ...([...begun].every((id) => goneOn.has(id)) ? [] : ['途中だった記録が、有効にしたあと送り直されません']),
    ...(all.size === 2 ? [] : [`二人の記録が ${all.size} 件になりました`]),
  ];
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryReceipt } from '@tsunagi/contracts';
import type { Delivery } from '../../plugin/sink';
import type { Bench } from '../bench';
import type { Check } from '../check';
import { aDelivery, aStatus, claimedAnew, recallOf, supplementTo } from '../deliveries';
import { aPerson } from '../people';
import type { Stage } from '../stage';
import { goneSince, holdsText, since, writtenIn } from '../written';
import { submissionOf } from './intake';

const told = (receipt: DeliveryReceipt | undefined) => receipt?.code ?? receipt?.outcome ?? 'NO_RECEIPT';

/** What the plugin knows a record of its own by. */
export async function anEcho(bench: Bench): Promise<string | undefined> {
  const items = await (await bench.stage()).bring(bench.input(aPerson(1)));
  return items.flatMap((item) => submissionOf(item) ?? [])[0]?.source.echo;
}

export const reorderedSettled: Check = {
  name: 'reordered',
  sentence: '取消や訂正が、元のつなぎより先に来ても、どれも片付き、元のつなぎは書かれる。',
  remedy: '順番を当てにせず、来たものをそれぞれ書いてください。前の記録がないことを理由に例外を投げないでください。',
  run: async (bench) => {
    const stage = await bench.stage();
    const first = aDelivery(bench);
    const early = { 訂正: supplementTo(bench, first), 取消: recallOf(bench, aDelivery(bench)) };
    const faults: string[] = [];
    for (const [kind, delivery] of Object.entries(early)) {
      const receipt = await stage.deliver(delivery);
      if (receipt === undefined || receipt.retryable) faults.push(`先に来た${kind}が片付きません（${told(receipt)}）`);
    }
    const receipt = await stage.deliver(first);
    if (receipt?.outcome !== 'delivered') faults.push(`後から来たつなぎが書かれません（${told(receipt)}）`);
    return faults;
  },
};

export const redeliveredOnce: Check = {
  name: 'redelivered',
  sentence: '同じ配送が何度来ても、再起動のあとに来ても、一度だけ書かれ、毎回「届いた」と答える。',
  remedy: '書いたかどうかは配送ID（deliveryId）だけで見分け、journal か業務システムの主キーに残してください。',
  run: async (bench) => {
    const echo = await anEcho(bench);
    const stage = await bench.stage();
    const first = aDelivery(bench);
    const supplement = supplementTo(bench, first);
    const status = aStatus(bench, echo);
    const faults: string[] = [];
    const again = async (nth: string, ...deliveries: Delivery[]) => {
      const before = await writtenIn(stage);
      const receipts = [];
      for (const delivery of deliveries) receipts.push(await stage.deliver(delivery));
      if (receipts.some((receipt) => receipt?.outcome !== 'delivered'))
        faults.push(`${nth}：届いたと答えません（${receipts.map(told).join('、')}）`);
      const after = await writtenIn(stage);
      return since(before, after).length + goneSince(before, after);
    };
    const all = [first, supplement, status];
    if ((await again('一度目', ...all)) === 0) faults.push('一度目に何も書かれていません');
    const anew = [claimedAnew(bench, first), claimedAnew(bench, supplement), { ...status, claim: bench.id() }];
    if ((await again('同じ配送の二度目', ...all)) > 0) faults.push('同じ配送の二度目に、また書かれています');
    if ((await again('新しい claim の配送', ...anew)) > 0) faults.push('新しい claim の同じ配送で、また書かれています');
    await stage.restart();
    if ((await again('再起動のあと', ...all)) > 0) faults.push('再起動のあとの同じ配送で、また書かれています');
    return faults;
  },
};

export const recalledHeld: Check = {
  name: 'recalled',
  sentence: '取り消されたつなぎは書かず、書いたあとの取消は、本人のことを書かずに一度だけ伝える。',
  remedy: '取消（recall）を書けるようにし、取消の記録には番号と日付だけを書いてください。',
  run: async (bench) => {
    const faults: string[] = [];
    const stopped = await bench.stage();
    stopped.hub.script.go = () => false;
    const held = [await stopped.deliver(aDelivery(bench))];
    stopped.hub.script.go = () => true;
    held.push(await stopped.deliver(aDelivery(bench, { notAfter: '2026-11-20T08:59:59+09:00' })));
    if (held.some((receipt) => receipt?.outcome !== 'recalled'))
      faults.push(`止められたつなぎの答え：${held.map(told).join('、')}`);
    if ((await writtenIn(stopped)).size > 0) faults.push('止められたつなぎが書かれています');
    return [...faults, ...(await recalledAfterwards(bench, await bench.stage()))];
  },
};

async function recalledAfterwards(bench: Bench, stage: Stage): Promise<string[]> {
  const faults: string[] = [];
  const first = aDelivery(bench);
  await stage.deliver(first);
  const before = await writtenIn(stage);
  const receipt = await stage.deliver(recallOf(bench, first));
  const things = since(before, await writtenIn(stage));
  if (receipt?.outcome !== 'delivered') faults.push(`取消が伝わりません（${told(receipt)}）`);
  else if (things.length === 0) faults.push('取消がどこにも書かれていません');
  const { identity, contact } = first.referral.subject.items;
  const person = [identity?.name, contact?.address].filter((text) => text !== undefined);
  if (person.some((text) => holdsText(things, text))) faults.push('取消の記録に本人のことが書かれています');
  return faults;
}

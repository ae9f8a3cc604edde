// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dataCategories, type DataCategory } from '@tsunagi/domain';
import type { Bench } from '../bench';
import type { Check } from '../check';
import { aDelivery } from '../deliveries';
import { everything, others, type Told } from '../everything';
import { writtenIn } from '../written';

export const notCarriedTrue: Check = {
  name: 'not-carried',
  sentence: '渡された項目のうち書く場所がないものを notCarried で正しく答える（書いたものは挙げない）。',
  remedy: 'すべて書く区分は notCarried から外し、書かない、または一部しか書かない区分を入れてください。',
  run: async (bench) => {
    const ids = { deliveryId: bench.id(), referralId: bench.id(), claim: bench.id() };
    const base = await writtenOf(bench, ids, everything());
    if (base.outcome !== 'delivered') return [`すべての区分を持つつなぎが書けません（${base.code ?? base.outcome}）`];
    const lost = new Set<DataCategory>();
    for (const { category, with: items } of others) {
      const { things } = await writtenOf(bench, ids, everything({ items }));
      if (things === base.things) lost.add(category);
    }
    const family = await writtenOf(bench, ids, everything({ childName: '見本　次郎' }));
    if (family.things === base.things) lost.add('household');
    return dataCategories.flatMap((category) => {
      const told = base.notCarried.includes(category);
      if (told === lost.has(category)) return [];
      return told
        ? [`${category}：書いているのに notCarried にあります`]
        : [`${category}：書いていない値があるのに notCarried にありません`];
    });
  },
};

type Ids = Readonly<Record<'deliveryId' | 'referralId' | 'claim', string>>;

/** What a place looks like with this one referral in it: everywhere under the same ids, at the same time. */
async function writtenOf(bench: Bench, { claim, ...ids }: Ids, told: Told) {
  const stage = await bench.stage();
  const receipt = await stage.deliver({ ...aDelivery(bench, { ...ids, ...told }), claim });
  const things = [...(await writtenIn(stage))].map(([name, bytes]) => `${name} ${bytes.toString('latin1')}`).join('\n');
  await stage.close();
  const { outcome = 'NO_RECEIPT', code, notCarried = [] } = receipt ?? {};
  return { things, outcome, code, notCarried };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { pick, type Done, type Move, type Word } from '@tsunagi/testing/invariants';
import type { Sequence } from './sequence';
import { generalForm } from '../../src/demo';

export async function askConsent(sequence: Sequence, move: Extract<Move, { do: 'consent' }>): Promise<Done> {
  const id = sequence.chosen(move.referral);
  const sides = id && (await sequence.sides(id));
  if (!sides || sides.to === undefined || sides.kind === 'advice') return { line: 'nobody to ask', took: false };
  const { from, to } = sides;
  const until = addDays(japaneseDay(sequence.now), move.days);
  const scope = {
    categories: move.categories,
    recipients: [{ function: to }],
    purposes: ['consultation'],
    from: japaneseDay(sequence.now),
    until,
    feedback: move.feedback,
  };
  const words: Word[] = [];
  // The subject last: with that word it leaves, with what the others have said by then.
  for (const person of [...sides.members].reverse()) {
    const answer = await sequence.call({ role: 'caseworker', function: from }, 'POST', '/consents', {
      person: await sequence.saidBy(from, person),
      giver: 'self',
      manner: 'written',
      formVersion: generalForm,
      scope,
    });
    sequence.heard(answer);
    if (answer.status !== 201) continue;
    const [row] = await sequence.play.under.rows<{ granted_at: Date }>('select granted_at from consent where id = $1', [
      answer.body.id,
    ]);
    const { categories, feedback } = move;
    const word = {
      word: 'consent',
      id: answer.body.id as string,
      person,
      at: row!.granted_at,
      givenTo: from,
      toward: { function: to },
      categories,
      purposes: ['consultation'],
      until,
      feedback,
      asserted: false,
    } as const satisfies Word;
    sequence.consents.push(word);
    words.push(word);
  }
  return { line: `a consent to ${move.categories.join(', ')}, ${move.feedback} back`, took: words.length > 0, words };
}

export async function withdraw(sequence: Sequence, which: number): Promise<Done> {
  const consent = pick(sequence.consents.filter((c) => !c.asserted).reverse(), which);
  if (!consent) return { line: 'nothing to withdraw', took: false };
  const caseworker = { role: 'caseworker', function: consent.givenTo };
  const answer = await sequence.call(caseworker, 'POST', `/consents/${consent.id}/withdraw`, {});
  sequence.heard(answer);
  const took = answer.status === 200;
  return {
    line: `a consent is withdrawn: ${answer.status}`,
    took,
    words: took ? [{ word: 'withdrawal', consent: consent.id, at: sequence.now }] : [],
  };
}

export async function refuse(sequence: Sequence, move: Extract<Move, { do: 'refuse' }>): Promise<Done> {
  const id = sequence.chosen(move.referral);
  const sides = id && (await sequence.sides(id));
  const person = sides && sides.members[0];
  if (!sides || person === undefined || sides.to === undefined) return { line: 'nobody refuses', took: false };
  const { categories } = move;
  const at = [sides.from, sides.to][move.desk % 2]!;
  const said = await sequence.saidBy(at, person);
  const body = { person: said, recipients: [{ function: sides.to }], ...(categories && { categories }) };
  const answer = await sequence.call({ role: 'caseworker', function: at }, 'POST', '/refusals', body);
  sequence.heard(answer);
  const took = answer.status === 201;
  const [row] = took
    ? await sequence.play.under.rows<{ at: Date }>('select at from refusal where id = $1', [answer.body.id])
    : [];
  const word: Word = {
    word: 'refusal',
    id: String(answer.body.id),
    person,
    recordedBy: at,
    at: row?.at ?? sequence.now,
    toward: sides.to,
    categories,
  };
  return {
    line: `a refusal of ${categories?.join(', ') ?? 'everything'}: ${answer.status}`,
    took,
    words: took ? [word] : [],
  };
}

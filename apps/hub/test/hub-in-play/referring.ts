// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { ReferralSubmission } from '@tsunagi/contracts';
import { addDays, japaneseDay, kindRules, type Member } from '@tsunagi/domain';
import { pick, saidOf, type Done, type Move, type Word } from '@tsunagi/testing/invariants';
import { coming } from './coming';
import type { InPlay } from './hub-in-play';
import { categoriesOf } from './messages';
import type { Sequence } from './sequence';
import { heldConference } from '../held-conference';

export async function refer(sequence: Sequence, move: Extract<Move, { do: 'refer' }>): Promise<Done> {
  const [from, to] = pick(sequence.play.pairs(move.kind, sequence.place), move.from * 7 + move.to) ?? [];
  if (!from || !to) return { line: `${move.kind} from nowhere`, took: false };
  const line = `${move.kind} from ${from.domain} to ${to.domain}`;
  return move.bySystem && from.plugin === 'kaigo'
    ? referBySystem(sequence, move, to, line)
    : referOnScreen(sequence, move, from, to, line);
}

async function referOnScreen(
  sequence: Sequence,
  move: Extract<Move, { do: 'refer' }>,
  from: InPlay,
  to: InPlay,
  line: string,
): Promise<Done> {
  const key = randomUUID();
  const carried = move.carried && kindRules[move.kind].channels.includes('carried_by_person');
  const body = {
    ...submissionBy(sequence, { ...move, from, to }),
    ...(carried && { channel: 'carried_by_person' }),
    ...(move.kind === 'handback' && { agreedIn: await agreedAbout(sequence, move.person, from) }),
  };
  const call = async () => {
    const answer = await sequence.call({ role: 'caseworker', function: from.id }, 'POST', '/referrals', body, {
      'idempotency-key': key,
    });
    sequence.heard(answer);
    if (answer.body.id !== undefined) sequence.know(answer.body.id);
    if (answer.body.id !== undefined && carried)
      sequence.sheets.set(answer.body.id, categoriesOf(body.subject).categories);
    // The state may have gone on since; the answer to the message is the same.
    return `${answer.body.outcome ?? answer.body.code}`;
  };
  const outcome = await coming(sequence, line, call);
  return { line: `${line}: ${outcome}`, took: ['accepted', 'held', 'draft', 'denied'].includes(outcome) };
}

/** The conference of whoever has this number by now. */
async function agreedAbout(sequence: Sequence, person: number, { id: host }: InPlay) {
  const { under } = sequence.play;
  const rows = await under.rows<{ person: string }>('select distinct person from person_identifier where value = $1', [
    sequence.numbers[person],
  ]);
  const on = japaneseDay(sequence.now);
  return { on, conference: await heldConference(under, { host, persons: rows.map((r) => r.person), on }) };
}

async function referBySystem(
  sequence: Sequence,
  move: Extract<Move, { do: 'refer' }>,
  to: InPlay,
  line: string,
): Promise<Done> {
  const from = sequence.play.desks.find((d) => d.plugin === 'kaigo')!;
  const { source, fromFunction, ...body } = submissionBy(sequence, { ...move, from, to });
  const key = `KAI-${randomUUID().slice(0, 8)}`;
  const today = japaneseDay(sequence.now);
  const asserted = { code: move.asserted ? '1' : '9', formVersion: 'K-2026-1', on: today } as const;
  const submission = hashed({
    ...body,
    asserted,
    source: { ...source, channel: 'plugin', plugin: 'kaigo', key, change: 'new' },
  } as never);
  const outcome = await submit(sequence, submission, line);
  const words = move.asserted ? await assertedWords(sequence, to) : [];
  return { line: `${line} by a system: ${outcome}`, took: outcome !== 'rejected', words };
}

function submit(sequence: Sequence, submission: ReferralSubmission, line: string): Promise<string> {
  const itemId = `${submission.source.key}/${submission.source.occurredAt}/${submission.source.contentHash.slice(0, 8)}`;
  return coming(sequence, line, async () => {
    const [answer] = await sequence.play.hosts.get('kaigo')!.send('referral.submitted.v1', [{ itemId, submission }]);
    if (answer?.referralId !== undefined) {
      sequence.know(answer.referralId);
      if (!sequence.files.some((f) => f.submission === submission))
        sequence.files.push({ submission, referral: answer.referralId });
    }
    return `${answer?.outcome}`;
  });
}

/** The registered form stands behind the code from its first arrival on. */
async function assertedWords(sequence: Sequence, to: InPlay): Promise<Word[]> {
  const rows = await sequence.play.under.rows<{
    id: string;
    person: string;
    given_to: string;
    scope: any;
    granted_at: Date;
  }>(
    `select id, person, given_to, scope, granted_at from consent where manner = 'asserted_by_system' and person in (select subject from referral where id = any($1::uuid[]))`,
    [sequence.referrals],
  );
  const fresh = rows.filter((r) => !sequence.consents.some((c) => c.id === r.id));
  return fresh.map((r) => {
    const until = addDays(japaneseDay(r.granted_at), 90);
    const word = {
      word: 'consent',
      id: r.id,
      person: r.person,
      at: r.granted_at,
      givenTo: r.given_to,
      toward: { domain: to.domain },
      categories: ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'],
      purposes: ['consultation'],
      until,
      feedback: 'state',
      asserted: true,
      behind: sequence.files.at(-1)?.referral,
    } as const satisfies Word;
    sequence.consents.push(word);
    return word;
  });
}

export async function sendRecord(sequence: Sequence, move: Extract<Move, { do: 'record' }>): Promise<Done> {
  const last = pick([...sequence.files].reverse(), move.which);
  if (!last) return { line: 'no record', took: false };
  const newest = sequence.files.filter((f) => f.submission.source.key === last.submission.source.key).at(-1)!;
  const { source } = newest.submission;
  const occurredAt = move.newer ? sequence.now : new Date(Date.parse(source.occurredAt) - 1000);
  const { subject } = newest.submission;
  const narrative = { fact: `${sequence.mark} ${randomInt(1e6)}` };
  const submission = hashed({
    ...newest.submission,
    subject: { ...subject, items: { ...subject.items, narrative } },
    source: { ...source, change: 'changed', occurredAt: occurredAt.toISOString() },
  });
  const before = sequence.files.length;
  const outcome = await submit(sequence, submission, 'a record');
  // Of whom the number is now it may assert something for the first time: what it had asserted has gone with another one.
  const { to } = await sequence.sides(newest.referral);
  const words = await assertedWords(
    sequence,
    sequence.play.desks.find((d) => d.id === to)!,
  );
  // What was older is not the last of its key.
  if (!move.newer) sequence.files.length = before;
  return {
    line: `${move.newer ? 'a newer' : 'an older'} record: ${outcome}`,
    took: move.newer,
    words,
    ...(!move.newer && { outdated: true as const }),
  };
}

export function submissionBy(
  sequence: Sequence,
  {
    kind,
    person,
    from,
    to,
    urgency,
    withHousehold,
  }: {
    readonly kind: ReferralSubmission['kind'];
    readonly person: number;
    readonly from: InPlay;
    readonly to: InPlay;
    readonly urgency: ReferralSubmission['urgency'];
    readonly withHousehold: boolean;
  },
) {
  const at = sequence.now.toISOString();
  const about = (n: number, member: Pick<Member, 'ref' | 'role'>): Member => ({
    ...member,
    // One system knows two of its numbers as two; who has come to 相談受付 again has another one.
    identifiers: [{ system: n === 0 ? 'kaigo' : 'konkyu', value: sequence.numbers[n]! }],
    items: {
      identity: { name: `見本　${sequence.mark}` },
      contact: { address: `見本県見本市${sequence.mark}`, telephone: '0991234567' },
      concern: { boxes: ['income_work'] },
      care_level: { level: '22' },
      narrative: { fact: `${sequence.mark} 家賃滞納あり。` },
    },
  });
  const nobody = { ref: 'subject', role: 'subject' as const, identifiers: [], items: {} };
  const isFree = kind === 'advice';
  return {
    source: { system: 'kaigo', key: `WEB-${randomUUID()}`, occurredAt: at },
    kind,
    fromFunction: from.id,
    to: { function: to.id },
    urgency,
    purpose: 'consultation',
    ...(!isFree && kind !== 'notification' && { howTheyMeet: 'person_visits' }),
    ...(!isFree && kind !== 'notification' && { personInformed: { by: '試験', at, how: '面談' } }),
    ...((urgency === 'same_day' || kind === 'notification') && { phoned: { whom: '試験', at, by: '試験' } }),
    ...saidOf(kind, sequence.now),
    subject: isFree ? nobody : about(person, { ref: 'subject', role: 'subject' }),
    others: withHousehold && !isFree ? [about(2, { ref: 'other', role: 'child' })] : [],
  };
}

function hashed(submission: ReferralSubmission): ReferralSubmission {
  const contentHash = createHash('sha256').update(JSON.stringify(submission)).digest('hex');
  return { ...submission, source: { ...submission.source, contentHash } };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import type { Sequence } from './sequence';
import { heldConference } from '../held-conference';

export async function handOver(sequence: Sequence, move: Extract<Move, { do: 'lead' }>): Promise<Done> {
  const id = sequence.chosen(move.referral);
  if (id === undefined) return { line: 'no referral', took: false };
  const { from, to, members } = await sequence.sides(id);
  const takikan = sequence.play.desks.find((d) => d.domain === 'takikan')!.id;
  const by = pick(move.step === 'by_conference' ? [takikan, from] : [from, to ?? from], move.who)!;
  const who = { role: 'caseworker', function: by };
  const found = await sequence.call(who, 'GET', `/support-units?referral=${id}`);
  const [unit] = (found.body.items ?? []) as { id: string; version: number }[];
  if (!unit) return { line: `the lead, ${move.step}: ${found.status}`, took: false };
  const target = pick(sequence.others, move.to)!.id;
  const said = {
    worker: '試験　一郎',
    ...(move.informed && { personInformed: { by: '試験', at: sequence.now.toISOString(), how: '電話' } }),
  };
  const heldOn = japaneseDay(sequence.now);
  const conference = {
    id: await heldConference(sequence.play.under, { host: takikan, persons: members, on: heldOn }),
    heldOn,
  };
  const steps = {
    propose: { step: 'propose', to: target },
    agree: { step: 'agree', ...said },
    by_conference: { step: 'by_conference', to: target, conference, ...said },
  };
  const answer = await sequence.call(who, 'POST', `/support-units/${unit.id}/lead`, steps[move.step], {
    'if-match': `"${unit.version}"`,
  });
  sequence.heard(answer);
  const took = answer.status === 200;
  const lead = { step: move.step, to: move.step === 'agree' ? by : target, informed: move.informed };
  return { line: `the lead, ${move.step}: ${took ? 'done' : answer.body?.code}`, took, ...(took && { lead }) };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/domain';
import { codeToUuid, uuidToCode } from '@tsunagi/text';
import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { categoriesOf } from './messages';
import type { Sequence } from './sequence';

const nobodysCode = '0'.repeat(27);

/** Somebody at a desk types the code of a sheet; who has not been brought it is answered as if there were none. */
export async function typeCode(sequence: Sequence, move: Extract<Move, { do: 'sheet' }>): Promise<Done> {
  const id = pick([...sequence.sheets.keys()].reverse(), move.which);
  if (id === undefined) return { line: 'no sheet', took: false };
  const { from, to } = await sequence.sides(id);
  const view = await sequence.call({ role: 'caseworker', function: from }, 'GET', `/referrals/${id}`);
  const code: string | undefined = view.body.sheetCode;
  if (code === undefined || to === undefined) return { line: 'no sheet is out', took: false };
  const desk = { recipient: to, sender: from, stranger: sequence.onlooker.id }[move.who];
  const brought = desk === to && !move.guessed;
  const type = (typed: string) => sequence.call({ role: 'caseworker', function: desk }, 'GET', `/sheets/${typed}`);
  const answer = await type(move.guessed ? otherThan(code) : code);
  const took = answer.status === 200;
  if (took && brought)
    sequence.left.push({
      way: 'sheet',
      referral: id,
      desk,
      members: ((answer.body.referral.members ?? []) as Member[]).map(categoriesOf),
    });
  else sequence.heard(answer);
  const none = await type(nobodysCode);
  const likeNone = brought || (answer.status === none.status && answer.body.code === none.body.code);
  const line = `${move.who} types ${move.guessed ? 'some code' : 'its code'}: ${answer.status}`;
  return { line, took, ...(brought && took && { asker: [desk] }), sheet: { brought, likeNone } };
}

/** Near to it, and another one, without a slip in it. */
function otherThan(code: string): string {
  const id = codeToUuid(code) ?? '';
  return uuidToCode(`${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`);
}

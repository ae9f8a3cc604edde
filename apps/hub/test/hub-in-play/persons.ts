// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { rolesFor, type Role } from '@tsunagi/domain';
import { pick, type Done, type Move, type Word } from '@tsunagi/testing/invariants';
import type { Sequence } from './sequence';
import type { Who } from '../sign-in';

/** Somebody of the municipality who may judge, and the desk that they speak for. */
interface Judge {
  readonly who: Who;
  readonly function?: string | undefined;
}

/** All whom the table of duties names, this one first; nobody who looks on. */
function judges({ play, onlooker }: Sequence, first: number): Judge[] {
  const roles = rolesFor('persons.judge');
  const all = play.under.access.staff
    .filter((s) => roles.includes(s.role as Role) && !s.functions.includes(onlooker.id))
    .filter((s) => s.functions.length === 0 || play.desks.some((d) => s.functions.includes(d.id)))
    .map((s): Judge => ({ who: { name: s.name }, function: s.functions[0] }));
  const at = first % Math.max(1, all.length);
  return [...all.slice(at), ...all.slice(0, at)];
}

/** The first one who is not refused: most have nothing to do with these. */
async function judged(sequence: Sequence, who: number, path: string, bodyBy: (judge: Judge) => object | undefined) {
  for (const judge of judges(sequence, who)) {
    const body = bodyBy(judge);
    const answer = body && (await sequence.call(judge.who, 'POST', path, body));
    if (answer?.status === 200) return { judge, answer };
  }
  return undefined;
}

const asker = ({ function: desk }: Judge) => (desk === undefined ? {} : { asker: [desk] });

export async function merge(sequence: Sequence, move: Extract<Move, { do: 'merge' }>): Promise<Done> {
  const all = [...new Set((await membersIn(sequence)).map((m) => m.person))];
  const kept = pick(all, move.one);
  const merged = pick(
    all.filter((p) => p !== kept),
    move.other,
  );
  if (kept === undefined || merged === undefined) return { line: 'nobody to compare', took: false };
  const body = { into: kept, agreed: ['name', 'address', 'telephone'] };
  const done = await judged(sequence, move.who, `/persons/${merged}/merge`, () => body);
  if (!done) return { line: 'nobody knows both', took: false };
  sequence.heard(done.answer);
  sequence.unions = [...sequence.unions, { kept, merged }];
  const words: Word[] = [{ word: 'merge', kept, merged }];
  return { line: 'two become one', took: true, ...asker(done.judge), words };
}

export async function split(sequence: Sequence, move: Extract<Move, { do: 'split' }>): Promise<Done> {
  const union = pick([...sequence.unions].reverse(), move.which);
  const members = await membersIn(sequence);
  const id = sequence.chosen(move.which);
  const kept = union?.kept ?? members.find((m) => m.referral === id)?.person;
  if (kept === undefined) return { line: 'nobody to put apart', took: false };
  const bodyBy = ({ function: desk }: Judge) => {
    const own = members.filter((m) => m.person === kept && (m.from === desk || m.to === desk));
    const referrals = move.also || !union ? own.map((m) => m.referral).slice(-1) : [];
    const reason = move.wrongPerson ? 'wrong_person' : 'other';
    if (!union && referrals.length === 0) return undefined;
    return { referrals, identifiers: [], reason, ...(union && { merged: union.merged }) };
  };
  const done = await judged(sequence, move.who, `/persons/${kept}/split`, bodyBy);
  if (!done) return { line: 'nobody may put them apart', took: false };
  sequence.heard(done.answer);
  sequence.unions = sequence.unions.filter((u) => u.kept !== kept || u.merged !== union?.merged);
  const person = done.answer.body.person as string;
  const words: Word[] = [{ word: 'split', kept, person, by: done.judge.function ?? '', undoes: union !== undefined }];
  return { line: union ? 'one is two again' : 'one is two', took: true, ...asker(done.judge), words };
}

interface MemberIn {
  readonly referral: string;
  readonly from: string;
  readonly to: string | null;
  readonly person: string;
}

/** Who stands behind the referrals of this sequence, the subject of each first. */
const membersIn = ({ play, referrals }: Sequence): Promise<MemberIn[]> =>
  play.under.rows<MemberIn>(
    `select r.id as referral, r.from_function as from, r.to_function as to, m.value->>'person' as person
     from referral r, jsonb_array_elements(r.members) with ordinality m(value, n) where r.id = any($1::uuid[]) order by r.id, m.n`,
    [referrals],
  );

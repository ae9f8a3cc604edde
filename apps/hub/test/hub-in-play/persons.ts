// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { rolesFor, type Duty, type Role } from '@tsunagi/domain';
import { pick, type Done, type Move, type Word } from '@tsunagi/testing/invariants';
import type { Sequence } from './sequence';
import type { Who } from '../sign-in';

/** Somebody of the staff, and the desk that they speak for. */
interface Member {
  readonly who: Who;
  readonly function?: string | undefined;
}

/** All whom the table of duties names for this, one of them first; nobody who looks on. */
function allWhoMay({ play, onlooker }: Sequence, duty: Duty, first: number): Member[] {
  const roles = rolesFor(duty);
  const all = play.under.access.staff
    .filter((s) => roles.includes(s.role as Role) && !s.functions.includes(onlooker.id))
    .filter((s) => s.functions.length === 0 || play.desks.some((d) => s.functions.includes(d.id)))
    .map((s): Member => ({ who: { name: s.name }, function: s.functions[0] }));
  const at = first % Math.max(1, all.length);
  return [...all.slice(at), ...all.slice(0, at)];
}

/** The first one who is not refused: most have nothing to do with these persons. */
async function somebody(
  sequence: Sequence,
  [duty, first]: readonly [Duty, number],
  [person, step]: readonly [string, 'link' | 'doubt' | 'merge' | 'split'],
  bodyBy: (member: Member, said: (person: string) => Promise<string>) => Promise<object> | object | undefined,
) {
  for (const member of allWhoMay(sequence, duty, first)) {
    const { function: desk } = member;
    const said = async (id: string) => (desk === undefined ? id : sequence.saidBy(desk, id));
    const body = await bodyBy(member, said);
    const path = `/persons/${await said(person)}/${step}`;
    const answer = body && (await sequence.call(member.who, 'POST', path, body));
    if (answer && answer.status < 300) return { by: member.function, body: answer.body };
  }
  return undefined;
}

/** A desk says that two are one, and the municipality makes them one. */
export async function merge(sequence: Sequence, move: Extract<Move, { do: 'merge' }>): Promise<Done> {
  const all = [...new Set((await membersIn(sequence)).map((m) => m.person))];
  const kept = pick(all, move.one);
  const merged = pick(
    all.filter((p) => p !== kept),
    move.other,
  );
  if (kept === undefined || merged === undefined) return { line: 'nobody to compare', took: false };
  const agreed = ['name', 'address', 'telephone'];
  const asked = await somebody(sequence, ['persons.judge', move.who], [merged, 'link'], async (_, said) => ({
    other: await said(kept),
    agreed,
  }));
  if (!asked) return { line: 'nobody knows both', took: false };
  const into = { into: kept };
  const done = await somebody(sequence, ['persons.merge', move.who], [merged, 'merge'], () => into);
  if (!done) return { line: 'the municipality does not merge them', took: false };
  sequence.heard(done);
  sequence.unions = [...sequence.unions, { kept, merged }];
  const words: Word[] = [{ word: 'merge', kept, merged }];
  return { line: 'two become one', took: true, words };
}

/** A desk says that one is two, and of what of its own that shows; the municipality puts them apart. */
export async function split(sequence: Sequence, move: Extract<Move, { do: 'split' }>): Promise<Done> {
  const union = pick([...sequence.unions].reverse(), move.which);
  const members = await membersIn(sequence);
  const id = sequence.chosen(move.which);
  const kept = union?.kept ?? members.find((m) => m.referral === id)?.person;
  if (kept === undefined) return { line: 'nobody to put apart', took: false };
  const doubtBy = ({ function: desk }: Member) => {
    const own = members.filter((m) => m.person === kept && (m.from === desk || m.to === desk));
    const referrals = move.also || !union ? own.map((m) => m.referral).slice(-1) : [];
    const reason = move.wrongPerson ? 'wrong_person' : 'other';
    if (!union && referrals.length === 0) return undefined;
    return { referrals, identifiers: [], reason, ...(union && { merged: union.merged }) };
  };
  const asked = await somebody(sequence, ['persons.judge', move.who], [kept, 'doubt'], doubtBy);
  if (!asked) return { line: 'nobody has a doubt', took: false };
  const doubt = { doubt: asked.body.id as string };
  const done = await somebody(sequence, ['persons.merge', move.who], [kept, 'split'], () => doubt);
  if (!done) return { line: 'the municipality does not put them apart', took: false };
  sequence.heard(done);
  sequence.unions = sequence.unions.filter((u) => u.kept !== kept || u.merged !== union?.merged);
  const by = asked.by ?? '';
  const words: Word[] = [{ word: 'split', kept, person: done.body.person, by, undoes: union !== undefined }];
  return { line: union ? 'one is two again' : 'one is two', took: true, asker: [by], words };
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

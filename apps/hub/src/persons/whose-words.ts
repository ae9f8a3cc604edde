// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DoubtPerson } from '@tsunagi/contracts';
import { isOf } from './moving';
import type { Tx } from '../platform';
import type { ReferralOfPerson } from '../referrals';

/** What one person is on file with, who was two. */
interface Word {
  readonly id: string;
  readonly desk: string;
  readonly manner: 'consent' | 'refusal' | 'assertion';
  /** Of an assertion: the referrals whose records came when it was made. */
  readonly referrals: readonly string[];
}

export interface WordsApart {
  /** Of the one who is put apart. */
  readonly consents: readonly string[];
  readonly refusals: readonly string[];
  /** Consents that may be the other's: they count for nobody, and both are asked anew. */
  readonly expired: readonly string[];
  /** Refusals that may be the other's: they count for both. */
  readonly ofBoth: readonly string[];
}

/** What a split must know of the two: which referrals go along, and what was on file before they were one. */
interface Splitting {
  readonly desk: string;
  readonly kept: string;
  readonly referrals: readonly ReferralOfPerson[];
  readonly going: ReadonlySet<string>;
  /** Consents and refusals that nobody doubts: of the one who stays, or taken back already. */
  readonly settled: ReadonlySet<string>;
  readonly named: Pick<DoubtPerson, 'consents' | 'refusals'>;
}

/**
 * Whose word it is shows in the referrals behind it: of an assertion those whose records made it, of what people wrote down
 * those of their desk. Where some of them go and some stay the desk that splits names its own; of other desks' nobody
 * knows, so nothing leaves on a consent, and a refusal holds for both.
 */
export async function wordsApart(tx: Tx, splitting: Splitting): Promise<WordsApart> {
  const { desk, settled } = splitting;
  const words = (await wordsOf(tx, splitting)).filter((w) => !settled.has(w.id));
  const sided = words.map((word) => ({ ...word, side: sideOf(word, splitting) }));
  const ids = (manners: readonly Word['manner'][], side: Side) =>
    sided.filter((w) => manners.includes(w.manner) && w.side === side).map((w) => w.id);
  const unjudged = new Set(sided.filter((w) => w.manner === 'assertion' || w.desk !== desk).map((w) => w.id));
  return {
    consents: ids(['consent', 'assertion'], 'goes'),
    refusals: ids(['refusal'], 'goes'),
    expired: ids(['consent', 'assertion'], 'unclear').filter((id) => unjudged.has(id)),
    ofBoth: ids(['refusal'], 'unclear').filter((id) => unjudged.has(id)),
  };
}

/** What is in doubt of consents ends; what is in doubt of refusals stands with the other as well. */
export async function settleDoubts(tx: Tx, { expired, ofBoth }: WordsApart, person: string): Promise<void> {
  // What is asked of its desk because of it, the clock looks at anew.
  await tx.query(
    `update consent set status = 'expired', clock_at = case when clock_at is not null then granted_at end
     where id = any($1::uuid[]) and status = 'active'`,
    [expired],
  );
  await tx.query(
    `insert into refusal (id, person, recorded_by, categories, recipients, at, ask_again_on, giver, giver_person, entitled, how, clock_at)
     select gen_random_uuid(), $2, recorded_by, categories, recipients, at, ask_again_on, giver, giver_person, entitled, how, clock_at from refusal where id = any($1::uuid[])`,
    [ofBoth, person],
  );
}

type Side = 'goes' | 'stays' | 'unclear';

function sideOf(word: Word, { kept, referrals, going, named }: Splitting): Side {
  if (named.consents?.includes(word.id) || named.refusals?.includes(word.id)) return 'goes';
  const theirs = referrals.filter((r) => isOf(word.desk, r) && r.members.some((m) => m.person === kept));
  const behind = word.referrals.length > 0 ? word.referrals : theirs.map((r) => r.id);
  const gone = behind.filter((id) => going.has(id));
  if (gone.length === 0) return 'stays';
  return gone.length === behind.length ? 'goes' : 'unclear';
}

async function wordsOf(tx: Tx, { kept, referrals }: Splitting): Promise<Word[]> {
  return tx.query<Word>(
    `select c.id, c.given_to as desk, case c.manner when 'asserted_by_system' then 'assertion' else 'consent' end as manner,
       array(select distinct s.referral from referral r join submission s on s.sender = r.sender and s.key = r.source_key and s.referral = r.id
             where r.id = any($2::uuid[]) and r.sender = c.asserted_by and r.from_function = c.given_to and s.received_at = c.granted_at) as referrals
     from consent c where c.person = $1
     union all select id, recorded_by, 'refusal', '{}' from refusal where person = $1`,
    [kept, referrals.map((r) => r.id)],
  );
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { Revealed, RevealPersons, RevealReferrals } from '@tsunagi/contracts';
import { desksFor } from '@tsunagi/domain';
import { personalTraceIn } from '@tsunagi/text';
import { RevealRequests } from './reveal-requests.service';
import { refuseResidenceStatus, type Caller } from '../access';
import { audit } from '../audit';
import { withMeant } from '../people';
import { Clock, Database, HUB_KEYS, newId, sentenceOf, type HubKeys } from '../platform';
import { Names, SubmissionRejectedError, type NameSeen } from '../referrals';

/** How long a name stays on a screen that hides it otherwise (ours). */
const shownMs = 5 * 60_000;

/** By so many of the newest referrals it is asked who somebody is. */
const mostLooked = 20;

/** Names that the lists leave out, shown for a purpose. */
@Injectable()
export class Reveals {
  constructor(
    private readonly database: Database,
    private readonly names: Names,
    private readonly requests: RevealRequests,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async referrals(caller: Caller, { ids, ...forWhat }: RevealReferrals): Promise<Revealed> {
    return this.reveal(caller, ids, 'referral', forWhat, (id) =>
      this.names.reveal(caller, id, () => this.requests.isReleased(caller, id)),
    );
  }

  async persons(caller: Caller, { ids, ...forWhat }: RevealPersons): Promise<Revealed> {
    const desks = desksFor(caller, 'persons.find');
    return this.reveal(caller, ids, 'person', forWhat, (id) =>
      withMeant(this.database, id, desks, ({ person, functions }) => this.person(caller, person, functions)),
    );
  }

  /** By the newest of the own referrals that show the name; one of them that hides it hides it for all. */
  private async person(caller: Caller, person: string, desks: readonly string[]): Promise<NameSeen> {
    if (desks.length === 0 || caller.excluded?.persons.has(person)) return { because: 'NOT_FOUND' };
    const ids = await this.names.idsOf(person, desks, mostLooked);
    const theirs: string[] = [];
    for await (const { id, persons } of this.names.seenAtDesks(caller, ids))
      if (persons.some((p) => p.person === person)) theirs.push(id);
    const [newest] = theirs;
    if (newest === undefined) return { because: 'NOT_FOUND' };
    const isReleased = async () => {
      for (const id of theirs) if (await this.requests.isReleased(caller, id)) return true;
      return false;
    };
    if ((await this.names.isProtectedIn(theirs, person)) && !(await isReleased())) return { because: 'TWO_PERSONS' };
    return this.names.reveal(caller, newest, isReleased, person);
  }

  /** @throws {SubmissionRejectedError} @throws {ResidenceStatusTextError} */
  private async reveal(
    caller: Caller,
    ids: readonly string[],
    what: 'referral' | 'person',
    { purpose, note }: Pick<RevealReferrals, 'purpose' | 'note'>,
    one: (id: string) => Promise<NameSeen>,
  ): Promise<Revealed> {
    if (note !== undefined) this.refuseTelling(caller, note);
    const now = this.clock.now();
    const wanted = [...new Set(ids)];
    const items: Revealed['items'] = [];
    for (const id of wanted) {
      const seen = await one(id);
      items.push(
        'identity' in seen ? { id, identity: seen.identity } : { id, ...seen, sentence: sentenceOf(seen.because) },
      );
    }
    const shown = items.filter((i) => 'identity' in i).map((i) => i.id);
    const id = newId(now);
    await this.database.transaction((tx) =>
      audit(tx, {
        ...{ at: now, actor: caller.actor, function: caller.acting, action: 'names.revealed' },
        ...{ objectKind: 'reveal', object: id },
        details: {
          ...{ purpose, what, asked: wanted, count: shown.length, shown },
          ...(note !== undefined && { note: this.keys.sealing.seal(`reveal:${id}`, note) }),
        },
      }),
    );
    return { items, remaskAt: new Date(now.getTime() + shownMs).toISOString() };
  }

  /** The audit keeps ids only. */
  private refuseTelling(caller: Caller, note: string): void {
    refuseResidenceStatus(caller, caller.acting, { note });
    if (personalTraceIn(note) !== undefined) throw new SubmissionRejectedError('NOTE_NAMES_SOMEBODY', '/note');
  }
}

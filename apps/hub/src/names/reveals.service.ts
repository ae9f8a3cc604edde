// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { Revealed, RevealReferrals } from '@tsunagi/contracts';
import { personalTraceIn } from '@tsunagi/text';
import { RevealRequests } from './reveal-requests.service';
import { refuseResidenceStatus, type Caller } from '../access';
import { audit } from '../audit';
import { Clock, Database, HUB_KEYS, newId, sentenceOf, type HubKeys } from '../platform';
import { Names, SubmissionRejectedError, type NameSeen } from '../referrals';

/** How long a name stays on a screen that hides it otherwise (ours). */
const shownMs = 5 * 60_000;

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

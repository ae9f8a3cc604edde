// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { WithdrawalProof } from '@tsunagi/contracts';
import { hiddenKinds, mayForAll, type Consent, type ReferralKind } from '@tsunagi/domain';
import { versionsOf } from './versions-of-consent';
import type { Caller } from '../access';
import { WithdrawalProofs, wishesOf } from '../consents';
import { Ledger } from '../disclosure';
import { Directory } from '../organizations';
import { besideReferral, knownToAs, namesBeside, withMerged } from '../people';
import { Database } from '../platform';

@Injectable()
export class ProofsOfWithdrawals extends WithdrawalProofs {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly ledger: Ledger,
  ) {
    super();
  }

  override async of(caller: Caller, consent: Withdrawn): Promise<WithdrawalProof> {
    const { person, givenTo, withdrawnAt } = consent;
    const versions = versionsOf(consent.id, (await wishesOf(this.database, [person])).consents);
    const lines = await this.ledger.onConsents(caller, consent, versions);
    const rested = await this.restedOn(caller, consent, versions);
    const named = await namesBeside(
      this.database,
      this.directory,
      rested.map((r) => ({ desks: [r.to_function], persons: r.everybody })),
    );
    const own = mayForAll(caller, 'ledger.answer') ? 'all' : [givenTo];
    const ofReferral = (r: Rested) => ({
      referralId: r.id,
      to: named(r.to_function, { ...besideReferral(r.kind, r.everybody), own }),
    });
    const known = await knownToAs(this.database, [{ function: givenTo, person }]);
    return {
      consent: consent.id,
      person: known(givenTo, person),
      receivedBy: this.directory.outline(givenTo),
      at: withdrawnAt,
      stopped: lines.filter((l) => l.state === 'recalled'),
      gone: lines.filter((l) => l.state !== 'recalled'),
      revoked: rested.filter((r) => r.revoked).map(ofReferral),
      talks: rested
        .filter((r) => r.talk)
        .map((r) => ({ ...ofReferral(r), ...(r.talked_at && { doneAt: r.talked_at.toISOString() }) })),
    };
  }

  /** Referrals of that desk that went or were to go on one of these, as the desk was told how they stand. Of what only people hear no program does. */
  private async restedOn(
    { kind }: Caller,
    { person, givenTo, withdrawnAt }: Withdrawn,
    versions: readonly string[],
  ): Promise<Rested[]> {
    return this.database.query<Rested>(
      `select r.id, r.kind, r.to_function, array(select (m->>'person')::uuid from jsonb_array_elements(r.members) m) as everybody, r.told_state = 'revoked' and r.told_at >= $4 as revoked, t.id is not null as talk, t.done_at as talked_at
       from referral r left join lateral (
         select id, done_at from todo where referral = r.id and function = $2 and kind = 'talk_after_withdrawal' and (done_at is null or done_at >= $4)
         order by created_at desc limit 1) t on true
       where r.from_function = $2 and r.to_function is not null and ($5 or (r.kind <> all($6::text[]) and r.conference is null))
         and (r.subject = any($1::uuid[])
           or (jsonb_array_length(r.members) > 1 and r.members @> any(array(select jsonb_build_array(jsonb_build_object('person', p)) from unnest($1::text[]) p))))
         and exists (select 1 from disclosure_decision d where d.referral = r.id
           and d.members @> any(array(select jsonb_build_array(jsonb_build_object('consents', jsonb_build_array(c))) from unnest($3::text[]) c)))
       order by r.sent_at, r.id`,
      [await withMerged(this.database, [person]), givenTo, versions, withdrawnAt, kind === 'staff', hiddenKinds],
    );
  }
}

type Withdrawn = Consent & { readonly withdrawnAt: string };

interface Rested {
  id: string;
  kind: ReferralKind;
  to_function: string;
  /** Who is in it, the subject first. */
  everybody: string[];
  revoked: boolean;
  talk: boolean;
  talked_at: Date | null;
}

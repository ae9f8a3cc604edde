// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { WithdrawalProof } from '@tsunagi/contracts';
import { finalStates, hiddenKinds, mayForAll, type Consent, type ReferralKind } from '@tsunagi/domain';
import { linesOfUnsent, type UnsentReferral } from './never-left';
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
    const persons = await withMerged(this.database, [person]);
    const rested = await this.restedOn(caller, { ...consent, persons }, versions);
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
    const from = this.directory.outline(givenTo);
    const unsent = rested
      .filter((r) => caller.excluded?.referrals.has(r.id) !== true)
      .flatMap((r) => linesOfUnsent(r, { persons, from, to: ofReferral(r).to }));
    const known = await knownToAs(this.database, [{ function: givenTo, person }]);
    return {
      consent: consent.id,
      person: known(givenTo, person),
      receivedBy: from,
      at: withdrawnAt,
      stopped: [...lines.filter((l) => l.state === 'recalled'), ...unsent],
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
    { persons, givenTo, withdrawnAt }: Withdrawn & { readonly persons: readonly string[] },
    versions: readonly string[],
  ): Promise<Rested[]> {
    return this.database.query<Rested>(
      `select r.id, r.kind, r.to_function, r.members, array(select (m->>'person')::uuid from jsonb_array_elements(r.members) m) as everybody, r.told_state = 'revoked' and r.told_at >= $4 as revoked, t.id is not null as talk, t.done_at as talked_at,
         -- What waited in the lane of a system that was not there. Where it had ended before, nothing was left to stop.
         array(select jsonb_build_object('delivery', v.id, 'authority', d.authority, 'members', d.members) from delivery v cross join lateral (
             select d.authority, d.members from disclosure_decision d
             where d.referral = r.id and d.direction = 'referral' and d.outcome = 'permit' and ${citesOneOf('$3')} order by d.decided_at desc, d.id desc limit 1) d
           where v.referral = r.id and v.kind in ('referral', 'supplement') and v.state = 'recalled' and v.go_at is null
             and not exists (select 1 from disclosure l where l.delivery = v.id)
             and not (r.told_state = any($7::text[]) and r.told_at < $4) order by v.seq) as unsent
       from referral r left join lateral (
         select id, done_at from todo where referral = r.id and function = $2 and kind = 'talk_after_withdrawal' and (done_at is null or done_at >= $4)
         order by created_at desc limit 1) t on true
       where r.from_function = $2 and r.to_function is not null and ($5 or (r.kind <> all($6::text[]) and r.conference is null))
         and (r.subject = any($1::uuid[])
           or (jsonb_array_length(r.members) > 1 and r.members @> any(array(select jsonb_build_array(jsonb_build_object('person', p)) from unnest($1::text[]) p))))
         and exists (select 1 from disclosure_decision d where d.referral = r.id and ${citesOneOf('$3')})
       order by r.sent_at, r.id`,
      [persons, givenTo, versions, withdrawnAt, kind === 'staff', hiddenKinds, [...finalStates]],
    );
  }
}

type Withdrawn = Consent & { readonly withdrawnAt: string };

/** SQL: this decision rests on one of these consents. */
const citesOneOf = (consents: string) =>
  `d.members @> any(array(select jsonb_build_array(jsonb_build_object('consents', jsonb_build_array(c))) from unnest(${consents}::text[]) c))`;

interface Rested extends UnsentReferral {
  kind: ReferralKind;
  to_function: string;
  /** Who is in it, the subject first. */
  everybody: string[];
  revoked: boolean;
  talk: boolean;
  talked_at: Date | null;
}

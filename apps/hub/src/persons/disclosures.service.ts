// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { DisclosureLines, DisclosuresQuery } from '@tsunagi/contracts';
import { desksFor, mayForAll } from '@tsunagi/domain';
import { DangerRecordedError, ReviewNeededError } from './persons.errors';
import { RoleMissingError, type Caller } from '../access';
import { audit } from '../audit';
import { Ledger, type LedgerOf } from '../disclosure';
import { enterLook, type Look } from '../looks';
import { isEndangered, meantBy, sealedAmong, tookPart, withMerged } from '../people';
import { Clock, Database, ledgerTexts } from '../platform';
import { remindOfPersons } from '../referrals';

type HandedOut = DisclosuresQuery & { readonly page: 'resident' | 'working' };
type Cautions = DisclosureLines['cautions'];

/** The ledger of a person: for whom it is put together, who may be handed it, and that it was. */
@Injectable()
export class PersonDisclosures {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** A desk reads back what it took part in; who reads the whole of it is in it from then on. */
  async ofDesk(caller: Caller, id: string): Promise<DisclosureLines> {
    const { person, desk, items } = await this.ledger.of(caller, id);
    if (desk === undefined && items.length > 0) {
      const seen = { person, desk, authority: 'own_desk', details: { page: 'desk' } } as const;
      await this.enterLook(caller, id, 'read', seen);
    }
    return { items };
  }

  /** @throws {ReviewNeededError} somebody else asks for it @throws {DangerRecordedError} @throws {RoleMissingError} */
  async handedOut(caller: Caller, id: string, query: HandedOut, way: 'read' | 'print'): Promise<DisclosureLines> {
    const { page, askedBy } = query;
    const reviews = mayForAll(caller, 'disclosures.review');
    if (page === 'working' && !reviews) throw new RoleMissingError();
    const isForSomebodyElse = page === 'resident' && askedBy !== 'self';
    if (isForSomebodyElse && !reviews) {
      await this.askForReview(caller, id, askedBy);
      throw new ReviewNeededError();
    }
    const { person, desk, items } = await this.ledger.of(caller, id, query);
    const cautions = isForSomebodyElse ? await this.cautions(person) : undefined;
    // Whoever it is that endangers the person: who asks may be the one, and gets nothing printed.
    if (way === 'print' && cautions?.includes('in_danger')) throw new DangerRecordedError();
    const toPerson = page === 'resident' && way === 'print';
    if (items.length > 0) {
      const authority = toPerson ? 'to_person' : 'own_desk';
      await this.enterLook(caller, id, way, { person, desk, authority, details: { page, askedBy } });
    }
    return { items, notices: noticesOf(page, desk), ...(cautions && { cautions }) };
  }

  private enterLook(
    { actor: viewer }: Caller,
    askedFor: string,
    way: 'read' | 'print',
    { person, desk, ...seen }: Pick<Look, 'person' | 'authority' | 'details'> & Pick<LedgerOf, 'desk'>,
  ): Promise<void> {
    const members = [{ ref: 'subject', person, categories: [] }];
    return this.database.transaction((tx) => {
      const look = { way, what: 'disclosures', viewer, function: desk, askedFor, person, members, ...seen } as const;
      enterLook(tx, look, this.clock.now());
    });
  }

  /** Whether or not the desk knows the person, it is answered the same; asked for is what it knows. */
  private async askForReview(caller: Caller, id: string, askedBy: string): Promise<void> {
    const { person, functions } = await meantBy(this.database, id, desksFor(caller, 'ledger.read'));
    const [desk] = functions;
    if (desk === undefined || !(await tookPart(this.database, person, caller, functions))) return;
    const at = this.clock.now();
    await this.database.transaction((tx) => {
      remindOfPersons(tx, [{ function: desk, role: 'privacy_officer', kind: 'review_disclosures', person, at }]);
      audit(tx, {
        ...{ at, actor: caller.actor, function: desk, action: 'disclosures.asked', objectKind: 'person' },
        object: person,
        details: { askedBy },
      });
    });
  }

  /** What must be looked at before somebody else is answered. */
  private async cautions(person: string): Promise<Cautions> {
    const persons = await withMerged(this.database, [person]);
    const [sealed, endangered] = [
      await sealedAmong(this.database, persons),
      await isEndangered(this.database, persons),
    ];
    return [...(sealed.size > 0 ? (['protected'] as const) : []), ...(endangered ? (['in_danger'] as const) : [])];
  }
}

/** What is not in it is always said, whether or not there is anything. */
function noticesOf(page: HandedOut['page'], desk: string | undefined): string[] {
  const { FOR_A_DECISION, NOT_IN_IT, ONLY_THIS_DESK } = ledgerTexts;
  return [
    ...(page === 'working' ? [FOR_A_DECISION.says] : []),
    ...(desk !== undefined ? [ONLY_THIS_DESK.says] : []),
    NOT_IN_IT.says,
  ];
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralSubmission } from '@tsunagi/contracts';
import { assertableForm, consentFromAssertion, type AgeRule, type Consent, type ConsentForm } from '@tsunagi/domain';
import { paperAwaited, saidAt, type AtDesk } from './asked-of-desks';
import { isLater, placeOf, type PlaceInTime } from './submissions';
import { indexPapers } from './todos';
import { fromConsent, saidOf, type Wishes } from '../consents';
import { newId, type Tx } from '../platform';

/** One record and the person it is about. */
export interface Asserting {
  readonly submission: ReferralSubmission;
  readonly from: string;
  readonly person: string;
}

const keyOf = ({ person, from }: Asserting) => `${person}/${from}`;

/** What records have said so far: of consents in force, and who ended any, by `person/function`. */
interface Asserted {
  readonly places: ReadonlyMap<string, PlaceInTime>;
  readonly ends: ReadonlyMap<string, PlaceInTime>;
}

/** Reads it for these persons; they are locked. */
export async function assertedOf(tx: Tx, persons: readonly string[]): Promise<Asserted> {
  if (persons.length === 0) return { places: new Map(), ends: new Map() };
  const [ends, places] = await Promise.all([
    tx.query<{ person: string; function: string; at: Date; file_serial: number; row: number }>(
      'select person, function, at, file_serial, row from assertion_end where person = any($1::uuid[])',
      [persons],
    ),
    tx.query<{ id: string; assertion_at: Date; assertion_serial: number; assertion_row: number }>(
      `select id, assertion_at, assertion_serial, assertion_row from consent
       where person = any($1::uuid[]) and manner = 'asserted_by_system' and status = 'active' and assertion_at is not null`,
      [persons],
    ),
  ]);
  return {
    ends: new Map(ends.map((r) => [`${r.person}/${r.function}`, { at: r.at, serial: r.file_serial, row: r.row }])),
    places: new Map(
      places.map((p) => [p.id, { at: p.assertion_at, serial: p.assertion_serial, row: p.assertion_row }]),
    ),
  };
}

/**
 * What legacy records say of consent, as far as it counts at all (DOMAIN §6 `asserted_by_system`): a code 1 stands for the
 * registered form, a later 2, 3 or 9 of the same system ends it, and an older 1 that arrives late does not revive it.
 */
export class Assertions {
  private readonly made: Consent[] = [];
  private readonly ended: string[] = [];
  private readonly endedAt = new Map<string, AtDesk>();
  private readonly moved = new Set<string>();
  /** The file of the record that has made a consent, by its id. */
  private readonly files = new Map<string, string>();
  private readonly newEnds = new Map<string, { person: string; from: string; place: PlaceInTime }>();
  /** How many records have said something of whose consent. */
  private readonly heard = new Map<string, number>();

  /** Where the records stand that assert the consents which are in force, as far as it is known. */
  private readonly places: Map<string, PlaceInTime>;
  private readonly ends: Map<string, PlaceInTime>;

  constructor(
    asserted: Asserted,
    private readonly wishes: Wishes,
    private readonly forms: readonly ConsentForm[],
    private readonly ageRules: readonly AgeRule[],
    private readonly now: Date,
  ) {
    this.places = new Map(asserted.places);
    this.ends = new Map(asserted.ends);
  }

  heed(record: Asserting): void {
    const { asserted, source } = record.submission;
    if (!asserted) return;
    this.heard.set(record.person, this.heardOf([record.person]) + 1);
    if (asserted.code === '1') this.assert(record);
    else this.end(record, placeOf(source));
  }

  /** As long as this stays the same, nothing has been said of these persons since. */
  heardOf(persons: readonly string[]): number {
    return persons.reduce((sum, person) => sum + (this.heard.get(person) ?? 0), 0);
  }

  /** Why what the record says of consent did not help, in the sender's own terms. */
  codesFor(record: Asserting): string[] {
    const { asserted, source } = record.submission;
    if (!asserted) return [];
    if (asserted.code === '2') return ['ASSERTED_CONFERENCE_NEEDED'];
    if (asserted.code !== '1') return ['ASSERTED_WITHOUT_CONSENT'];
    const counted = saidOf(this.wishes, [record.person]).consents.some(
      (c) => c.givenTo === record.from && c.manner === 'asserted_by_system',
    );
    if (this.isOverEndedBy(record, placeOf(source))) return ['ASSERTION_ENDED'];
    if (counted) return [];
    return [this.formOf(record) ? 'GIVER_NOT_ENTITLED' : 'ASSERTED_FORM_UNKNOWN'];
  }

  /** The persons whose system asserts something new: what waited for it may go on. */
  asserted(): readonly string[] {
    return this.made.map((c) => c.person);
  }

  save(tx: Tx, sender: string): void {
    tx.insert(
      'consent',
      this.made.map((c) => {
        const place = this.places.get(c.id);
        return {
          ...fromConsent(c, { assertedBy: sender }),
          assertion_at: place?.at.toISOString(),
          assertion_serial: place?.serial,
          assertion_row: place?.row,
          assertion_file: this.files.get(c.id) ?? null,
        };
      }),
    );
    const madeHere = new Set(this.made.map((c) => c.id));
    const moved = [...this.moved].flatMap((id) => {
      if (madeHere.has(id)) return [];
      const place = this.places.get(id);
      return place ? [{ id, ...place }] : [];
    });
    if (moved.length > 0)
      tx.change(
        'consent',
        `update consent c set assertion_at = p.at, assertion_serial = p.serial, assertion_row = p.row
         from jsonb_to_recordset($1::jsonb) as p(id uuid, at timestamptz, serial int, row int) where c.id = p.id`,
        [JSON.stringify(moved)],
      );
    if (this.ended.length > 0)
      tx.change('consent', `update consent set status = 'expired' where id = any($1::uuid[])`, [this.ended]);
    indexPapers(
      tx,
      [...this.endedAt.values()].map((at) => paperAwaited(at, saidAt(at, this.wishes).consents, this.now)),
      this.now,
    );
    tx.insert(
      'assertion_end',
      [...this.newEnds.values()].map(({ person, from, place }) => ({
        person,
        function: from,
        at: place.at.toISOString(),
        file_serial: place.serial,
        row: place.row,
      })),
      'on conflict (person, function) do update set at = excluded.at, file_serial = excluded.file_serial, row = excluded.row',
    );
  }

  private assert(record: Asserting): void {
    const { asserted, to, source } = record.submission;
    if (!asserted || to === undefined || to === 'unknown') return;
    if (this.isOverEndedBy(record, placeOf(source))) return;
    const recipient = 'function' in to ? { function: to.function } : { domain: to.domain };
    // Re-sending renews nothing: the period runs from the first arrival. Only a record dated after it is a new assertion.
    const standing = this.standing(record).find(
      (c) =>
        asserted.on <= c.scope.until &&
        c.formVersion === asserted.formVersion &&
        JSON.stringify(c.scope.recipients) === JSON.stringify([recipient]),
    );
    if (standing) return this.moveTo(standing.id, placeOf(source));
    const consent = consentFromAssertion({
      code: asserted.code,
      form: this.formOf(record),
      recipient,
      arrivedAt: this.now,
      bornOn: record.submission.subject.items.identity?.birthDate,
      ageRules: this.ageRules,
    });
    if (!consent) return;
    const kept: Consent = { ...consent, id: newId(this.now), person: record.person };
    this.made.push(kept);
    if (source.file !== undefined) this.files.set(kept.id, source.file);
    this.wishes.consents.push(kept);
    this.moveTo(kept.id, placeOf(source));
  }

  /** The approved form that a code of this record may stand for. */
  private formOf({ from, submission: { asserted } }: Asserting): ConsentForm | undefined {
    return assertableForm(this.forms, { function: from, version: asserted?.formVersion, at: this.now });
  }

  /** It is asserted once more, by a later record: only one that is later still can end it. */
  private moveTo(consent: string, place: PlaceInTime): void {
    const before = this.places.get(consent);
    if (before && !isLater(place, before)) return;
    this.places.set(consent, place);
    this.moved.add(consent);
  }

  private end(record: Asserting, place: PlaceInTime): void {
    for (const consent of this.standing(record)) {
      const asserted = this.places.get(consent.id);
      if (asserted && !isLater(place, asserted)) continue;
      this.wishes.consents[this.wishes.consents.indexOf(consent)] = { ...consent, status: 'expired' };
      this.ended.push(consent.id);
      this.endedAt.set(keyOf(record), { person: record.person, function: record.from });
    }
    const key = keyOf(record);
    const before = this.ends.get(key);
    if (before && !isLater(place, before)) return;
    this.ends.set(key, place);
    this.newEnds.set(key, { person: record.person, from: record.from, place });
  }

  private isOverEndedBy(record: Asserting, place: PlaceInTime): boolean {
    const end = this.ends.get(keyOf(record));
    return end !== undefined && !isLater(place, end);
  }

  private standing({ person, from }: Asserting): Consent[] {
    return saidOf(this.wishes, [person]).consents.filter(
      (c) => c.givenTo === from && c.manner === 'asserted_by_system' && c.status === 'active',
    );
  }
}

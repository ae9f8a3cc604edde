// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, Feedback } from '@tsunagi/domain';
import type { Municipality, SeenReferral, Word } from './seen';

type ConsentWord = Extract<Word, { word: 'consent' }>;

const dayMs = 86_400_000;
const japaneseDay = (at: Date) => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);

/**
 * What persons have said so far, and what that permits: DOMAIN §6 read once more, for a single item at a single moment. It
 * shares no code with `decide()`.
 */
export class Words {
  private readonly consents: ConsentWord[] = [];
  private readonly withdrawals: Extract<Word, { word: 'withdrawal' }>[] = [];
  private readonly refusals: Extract<Word, { word: 'refusal' }>[] = [];

  constructor(private readonly municipality: Municipality) {}

  hear(words: readonly Word[]): void {
    for (const word of words)
      if (word.word === 'consent') this.consents.push(word);
      else if (word.word === 'withdrawal') this.withdrawals.push(word);
      else this.refusals.push(word);
  }

  /** May just this item of just this member come to the recipient now? */
  permit(referral: SeenReferral, ref: string, category: DataCategory, at: Date): boolean {
    const [subject] = referral.members;
    const member = referral.members.find((m) => m.ref === ref);
    if (referral.kind === 'advice' || !subject || !member) return false;
    if (referral.kind === 'notification')
      return this.municipality.statutes.some((row) => row.categories.includes(category));
    if (member === subject && this.isWithinPurpose(referral, category)) return true;
    // "Only what the business needs" of 都道府県への提供.
    if (referral.kind === 'prefecture' && category === 'care_level') return false;
    const household = member === subject || this.isConsented(referral, subject.person, 'household', at);
    return household && this.isConsented(referral, member.person, category, at);
  }

  /** May anything of what the recipient does go back to the sender now? */
  feedback(referral: SeenReferral, at: Date): Feedback {
    const { kind } = referral;
    if (kind === 'advice' || kind === 'protection') return 'state';
    if ((kind === 'handback' || kind === 'inquiry') && this.isWithinPurpose(referral, 'identity')) return 'state';
    const said = this.consents
      .filter((c) => c.person === referral.members[0]?.person && this.stands(c, referral, at))
      .map((c) => c.feedback);
    return said.find((f) => f === 'state+note') ?? said.find((f) => f === 'state') ?? 'none';
  }

  private desk(id: string | undefined) {
    return this.municipality.desks.find((d) => d.id === id);
  }

  private isWithinPurpose({ kind, purpose, from, to }: SeenReferral, category: DataCategory): boolean {
    const inside = [from, to].every((id) => ['agency', 'contractor'].includes(this.desk(id)?.bodyKind ?? ''));
    const asked = category === 'contact_wishes' ? 'contact' : category;
    return (
      inside &&
      (kind === 'handback' || kind === 'inquiry' || kind === 'protection') &&
      this.municipality.withinPurpose.some((row) => row.purpose === purpose && row.categories.includes(asked))
    );
  }

  private isConsented(referral: SeenReferral, person: string, category: DataCategory, at: Date): boolean {
    const standing = this.consents.filter((c) => c.person === person && this.stands(c, referral, at));
    const written = standing.filter((c) => !c.asserted);
    // 連絡上の注意 goes with the contact, 本人の希望 with anything.
    const covers = (c: ConsentWord) =>
      category === 'wishes' || c.categories.includes(category === 'contact_wishes' ? 'contact' : category);
    return (written.length > 0 ? written : standing).some(
      (c) => covers(c) && !this.isRefused(c, referral, category, at),
    );
  }

  private stands(c: ConsentWord, { from, to, purpose }: SeenReferral, at: Date): boolean {
    const recipient = this.desk(to);
    const toward = 'function' in c.toward ? c.toward.function === to : c.toward.domain === recipient?.domain;
    if (c.givenTo !== from || !toward || !c.purposes.includes(purpose)) return false;
    if (c.at > at || japaneseDay(at) > c.until || this.isWithdrawn(c.id, at)) return false;
    if (!c.asserted) return true;
    const noes = this.consents.filter((o) => o.person === c.person && !o.asserted && this.isWithdrawn(o.id, at));
    const beaten = noes.some((o) =>
      'function' in o.toward ? o.toward.function === to : o.toward.domain === recipient?.domain,
    );
    // A person confirms it within thirty days, and here nobody does.
    return !beaten && at.getTime() < c.at.getTime() + 30 * dayMs;
  }

  private isWithdrawn = (consent: string, at: Date) =>
    this.withdrawals.some((w) => w.consent === consent && w.at <= at);

  /** A refusal beats consents of older date; what a system asserts it beats always. */
  private isRefused(c: ConsentWord, { to }: SeenReferral, category: DataCategory, at: Date): boolean {
    return this.refusals.some(
      (r) =>
        r.person === c.person &&
        r.at <= at &&
        (r.toward === undefined || r.toward === to) &&
        (r.categories === undefined || r.categories.includes(category)) &&
        (c.asserted || r.at >= c.at),
    );
  }
}

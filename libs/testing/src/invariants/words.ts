// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, Feedback } from '@tsunagi/domain';
import { ConferenceWords, type ItemOnTheTable } from './conference-words';
import { GroundWords } from './ground-words';
import { unconfirmedDays } from './law-of-disclosure';
import { ProtectionWords } from './protection-words';
import type { Municipality, Seen, SeenMember, SeenReferral, Word } from './seen';

type ConsentWord = Extract<Word, { word: 'consent' }>;
type RefusalWord = Extract<Word, { word: 'refusal' }>;

/** Two who have become one: whose words and referrals are which. */
interface Union {
  readonly kept: string;
  readonly merged: string;
  /** Words that came with the one, and those that the other had before. */
  readonly brought: ReadonlySet<string>;
  readonly stayed: ReadonlySet<string>;
  /** Members behind whom the one stood, by referral and ref. */
  readonly members: ReadonlySet<string>;
}

/** Between whom, for what. */
type Sides = Pick<SeenReferral, 'from' | 'to' | 'purpose'>;

const notForPrefecture: readonly DataCategory[] = ['care_level', 'education'];
const dayMs = 86_400_000;
const farAway = new Date('9999-12-31T00:00:00Z');
const japaneseDay = (at: Date) => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);

/**
 * What persons have said so far, and what that permits: DOMAIN §6 read once more, for a single item at a single moment. It
 * shares no code with `decide()`.
 */
export class Words {
  private consents: readonly ConsentWord[] = [];
  private readonly withdrawals: Extract<Word, { word: 'withdrawal' }>[] = [];
  private refusals: readonly RefusalWord[] = [];
  private unions: readonly Union[] = [];

  readonly protection = new ProtectionWords();
  readonly conferences: ConferenceWords;
  private readonly grounds: GroundWords;

  constructor(private readonly municipality: Municipality) {
    this.conferences = new ConferenceWords(municipality);
    this.grounds = new GroundWords(municipality, (person, toward, of) => this.hasRefused(person, toward, of));
  }

  /** Referrals as they stood before the words, and as they stand after them. */
  hear(words: readonly Word[], before: Seen, after: Seen): void {
    for (const word of words) {
      this.protection.hear(word);
      this.grounds.hear(word);
      this.conferences.hear(word);
      switch (word.word) {
        case 'consent':
          this.consents = [...this.consents, word];
          break;
        case 'withdrawal':
          this.withdrawals.push(word);
          break;
        case 'refusal':
          this.refusals = [...this.refusals, word];
          break;
        case 'merge':
          this.becomeOne(word, before);
          break;
        case 'split':
          this.putApart(word, before, after);
          break;
        default:
      }
    }
  }

  /** Of whom a referral speaks, though the one who was merged is somebody else again. */
  confused(word: Word, before: Seen, after: Seen): string[] {
    if (word.word !== 'split' || !word.undoes) return [];
    const brought = this.unions.filter((u) => u.kept === word.kept && u.merged === word.person);
    const had = membersOf(before, word.kept);
    const has = membersOf(after, word.person);
    return brought.flatMap((u) => [...u.members].filter((m) => had.has(m) && !has.has(m)));
  }

  /** May just this item of just this member come to the recipient now? */
  permit(referral: SeenReferral, ref: string, category: DataCategory, at: Date): boolean {
    const [subject] = referral.members;
    const member = referral.members.find((m) => m.ref === ref);
    if (referral.kind === 'advice' || !subject || !member) return false;
    if (this.protection.isApart(referral, member)) return false;
    if (!this.protection.mayLeave(referral, member, category)) return false;
    if (this.isUnasked(referral, member, category, at)) return true;
    // "Only what the business needs" of 都道府県への提供.
    if (referral.kind === 'prefecture' && notForPrefecture.includes(category)) return false;
    const household = member === subject || this.isConsented(referral, subject.person, 'household', at);
    return household && this.isConsented(referral, member.person, category, at);
  }

  /** Everything that lets it out but a consent. "Tax data leaves with consent only." */
  private isUnasked(referral: SeenReferral, member: SeenMember, category: DataCategory, at: Date): boolean {
    if (member.taxData?.includes(category) === true) return false;
    const isSubject = member === referral.members[0];
    // One's own items, which one takes there oneself.
    if (isSubject && referral.sheet?.includes(category)) return true;
    if (referral.kind === 'notification')
      return this.municipality.statutes.some((row) => row.categories.includes(category));
    if (isSubject && this.isWithinPurpose(referral, category)) return true;
    return (
      this.grounds.permit(referral, member, category, at) || this.conferences.permit(referral, member, category, at)
    );
  }

  /** May it come to the eyes of this function at the table? */
  mayBeTold(item: ItemOnTheTable, viewer: string, at: Date): boolean {
    const { function: from, person, category, read } = item;
    if (from === viewer) return true;
    // What is brought is text, so of whoever is protected somebody has to have read it.
    if (this.protection.mustNotBeFound(person) && (category === 'contact' || !read)) return false;
    const sides = { from, to: viewer, purpose: 'consultation' } as const;
    const mayBe = (c: DataCategory) =>
      this.conferences.isOnItsLaw({ ...item, category: c }, at) || this.isConsented(sides, person, c, at);
    // Nothing is told of somebody who may not be named.
    return mayBe('identity') && mayBe(category);
  }

  /** Has the person consented that this goes there from whoever has brought it? */
  mayBePromoted({ function: from, person, category, toward, asked }: ItemOnTheTable): boolean {
    if (toward === undefined || asked === undefined) return false;
    return this.isConsented({ from, to: toward, purpose: 'consultation' }, person, category, asked);
  }

  /** May anything of what the recipient does go back to the sender now? */
  feedback(referral: SeenReferral, at: Date): Feedback {
    const { kind } = referral;
    if (kind === 'advice' || kind === 'protection') return 'state';
    if ((kind === 'handback' || kind === 'inquiry') && this.isWithinPurpose(referral, 'identity')) return 'state';
    const said = this.consents
      .filter((c) => c.person === referral.members[0]?.person && this.stands(c, referral, at))
      .map((c) => c.feedback);
    const onGround = this.grounds.feedback(referral, at) === 'state' ? ('state' as const) : undefined;
    return said.find((f) => f === 'state+note') ?? said.find((f) => f === 'state') ?? onGround ?? 'none';
  }

  /** "for conference and emergency 到着 only": its sender may hear that it has come. */
  arrives(referral: SeenReferral, at: Date): boolean {
    return this.grounds.feedback(referral, at) !== 'none' || this.conferences.arrives(referral, at);
  }

  /** What somebody who is named there must not see: the person of such a consent. */
  excludedBy(staff: string): ReadonlySet<string> {
    const standing = this.consents.filter((c) => c.excludesStaff?.includes(staff) && !this.isWithdrawn(c.id, farAway));
    return new Set(standing.map((c) => c.person));
  }

  private desk(id: string | undefined) {
    return this.municipality.desks.find((d) => d.id === id);
  }

  private isWithinPurpose(referral: SeenReferral, category: DataCategory): boolean {
    const { kind, purpose, from, to, conference } = referral;
    // DOMAIN §7: requests for material have the conference as their basis.
    if (kind === 'inquiry' && conference !== undefined) return false;
    const inside = [from, to].every((id) => ['agency', 'contractor'].includes(this.desk(id)?.bodyKind ?? ''));
    const asked = category === 'contact_wishes' ? 'contact' : category;
    return (
      inside &&
      (kind === 'handback' || kind === 'inquiry' || kind === 'protection') &&
      this.municipality.withinPurpose.some((row) => row.purpose === purpose && row.categories.includes(asked))
    );
  }

  private isConsented(referral: Sides, person: string, category: DataCategory, at: Date): boolean {
    const standing = this.consents.filter((c) => c.person === person && this.stands(c, referral, at));
    const written = standing.filter((c) => !c.asserted);
    // 連絡上の注意 goes with the contact, 本人の希望 with anything.
    const covers = (c: ConsentWord) =>
      category === 'wishes' || c.categories.includes(category === 'contact_wishes' ? 'contact' : category);
    return (written.length > 0 ? written : standing).some(
      (c) => covers(c) && !this.isRefused(c, referral, category, at),
    );
  }

  private stands(c: ConsentWord, { from, to, purpose }: Sides, at: Date): boolean {
    const recipient = this.desk(to);
    const toward = 'function' in c.toward ? c.toward.function === to : c.toward.domain === recipient?.domain;
    if (c.givenTo !== from || !toward || !c.purposes.includes(purpose)) return false;
    if (c.at > at || japaneseDay(at) > c.until || this.isWithdrawn(c.id, at)) return false;
    if (c.from !== undefined && japaneseDay(at) < c.from) return false;
    if (to !== undefined && c.excludes?.includes(to)) return false;
    // "a dangerous guardian neither consents nor gets prints"
    if (c.guardian !== undefined && this.protection.endangers(c.guardian, c.person)) return false;
    if (!c.asserted) return true;
    const noes = this.consents.filter((o) => o.person === c.person && !o.asserted && this.isWithdrawn(o.id, at));
    const beaten = noes.some((o) =>
      'function' in o.toward ? o.toward.function === to : o.toward.domain === recipient?.domain,
    );
    // A person confirms it within thirty days, and here nobody does.
    return !beaten && at.getTime() < c.at.getTime() + unconfirmedDays * dayMs;
  }

  private isWithdrawn = (consent: string, at: Date) =>
    this.withdrawals.some((w) => w.consent === consent && w.at <= at);

  /** A refusal beats consents of older date; what a system asserts it beats always. */
  private isRefused(c: ConsentWord, { to }: Sides, category: DataCategory, at: Date): boolean {
    return this.refusals.some(
      (r) =>
        r.person === c.person &&
        r.at <= at &&
        (r.toward === undefined || r.toward === to) &&
        (r.categories === undefined || r.categories.includes(category)) &&
        (c.asserted || r.at >= c.at),
    );
  }

  /** Something of it, or all, toward this function, whenever. */
  private hasRefused(person: string, toward: string, of: readonly DataCategory[]): boolean {
    return this.refusals.some(
      (r) =>
        r.person === person &&
        (r.toward === undefined || r.toward === toward) &&
        (r.categories === undefined || r.categories.some((c) => of.includes(c))),
    );
  }

  private becomeOne({ kept, merged }: Extract<Word, { word: 'merge' }>, before: Seen): void {
    const wordsOf = (person: string) =>
      new Set([...this.consents, ...this.refusals].filter((w) => w.person === person).map((w) => w.id));
    const [brought, stayed] = [wordsOf(merged), wordsOf(kept)];
    this.unions = [...this.unions, { kept, merged, brought, stayed, members: membersOf(before, merged) }];
    this.give(brought, kept);
    this.consents = this.consents.map((c) => (c.guardian === merged ? { ...c, guardian: kept } : c));
  }

  /**
   * What the merge had brought goes back. What was said since is whose all referrals behind it are: of an assertion the
   * one whose record made it, of what people wrote down those of their desk. Where they are of both, what the desk wrote
   * down that says so stays; of the others' nobody knows, so no consent counts any more, and a refusal counts for both.
   */
  private putApart(word: Extract<Word, { word: 'split' }>, before: Seen, after: Seen): void {
    const { kept, person, by, undoes } = word;
    const undone = undoes ? this.unions.filter((u) => u.kept === kept && u.merged === person) : [];
    this.unions = this.unions.filter((u) => !undone.includes(u));
    const joint = before.referrals.filter((r) => r.members.some((m) => m.person === kept));
    const had = membersOf(before, kept);
    const goes = (r: SeenReferral) => r.members.some((m) => m.person === person && had.has(`${r.id} ${m.ref}`));
    const going = new Set(after.referrals.filter(goes).map((r) => r.id));
    const back = new Set(undone.flatMap((u) => [...u.brought]));
    const settled = new Set([...back, ...undone.flatMap((u) => [...u.stayed])]);
    const sideOf = (desk: string, behind: string | undefined) => {
      const theirs = joint.filter((r) => r.from === desk || (r.to === desk && r.reached)).map((r) => r.id);
      const all = behind === undefined ? theirs : [behind];
      const gone = all.filter((id) => going.has(id));
      return gone.length === 0 ? 'stays' : gone.length === all.length ? 'goes' : 'unclear';
    };
    const doubtful = (w: ConsentWord | RefusalWord) => w.person === kept && !settled.has(w.id);
    const consents = this.consents.filter(doubtful).map((c) => ({ ...c, side: sideOf(c.givenTo, c.behind) }));
    const refusals = this.refusals.filter(doubtful).map((r) => ({ ...r, side: sideOf(r.recordedBy, undefined) }));
    const nobodys = consents.filter((c) => c.side === 'unclear' && (c.asserted || c.givenTo !== by)).map((c) => c.id);
    const both = refusals.filter((r) => r.side === 'unclear' && r.recordedBy !== by);
    const clear = [...consents, ...refusals].filter((w) => w.side === 'goes').map((w) => w.id);
    const theirs = [...back].filter((id) =>
      [...this.consents, ...this.refusals].some((w) => w.id === id && w.person === kept),
    );
    this.give(new Set([...theirs, ...clear]), person);
    this.consents = this.consents.filter((c) => !nobodys.includes(c.id));
    this.refusals = [...this.refusals, ...both.map(({ side: _, ...r }) => ({ ...r, id: `${r.id} of both`, person }))];
  }

  private give(words: ReadonlySet<string>, person: string): void {
    this.consents = this.consents.map((c) => (words.has(c.id) ? { ...c, person } : c));
    this.refusals = this.refusals.map((r) => (words.has(r.id) ? { ...r, person } : r));
  }
}

const membersOf = ({ referrals }: Seen, person: string): Set<string> =>
  new Set(referrals.flatMap((r) => r.members.filter((m) => m.person === person).map((m) => `${r.id} ${m.ref}`)));

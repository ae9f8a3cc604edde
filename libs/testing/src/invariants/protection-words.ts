// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory } from '@tsunagi/domain';
import { givesAway, texts } from './law-of-disclosure';
import type { SeenMember, SeenReferral, Word } from './seen';

interface Seal {
  readonly id: string;
  readonly person: string;
}
interface Danger extends Seal {
  readonly from: string;
  readonly staff: string;
}
/** Two who have become one: what was known of whom before. */
interface Union {
  readonly kept: string;
  readonly merged: string;
  readonly brought: ReadonlySet<string>;
  readonly broughtFrom: ReadonlySet<string>;
  readonly stayed: ReadonlySet<string>;
}

/** Who must not be found and who endangers whom, as it was recorded: DOMAIN §6 Seal and `danger_from`, once more. */
export class ProtectionWords {
  private seals: readonly Seal[] = [];
  private dangers: readonly Danger[] = [];
  private unions: readonly Union[] = [];
  private readonly wanted = new Map<string, string>();
  private readonly cleared = new Map<string, number>();

  hear(word: Word): void {
    switch (word.word) {
      case 'seal':
        this.seals = [...this.seals, word];
        break;
      case 'danger':
        this.dangers = [...this.dangers, word];
        break;
      case 'unprotect': {
        // "two persons unseal": one who wants it twice is one.
        const before = this.wanted.get(word.what);
        if (before !== undefined && before !== word.staff) this.end(word.what);
        else this.wanted.set(word.what, word.staff);
        break;
      }
      case 'cleared':
        this.cleared.set(word.referral, word.content);
        break;
      case 'merge':
        this.becomeOne(word.kept, word.merged);
        break;
      case 'split':
        this.putApart(word.kept, word.person, word.undoes);
        break;
      default:
    }
  }

  /** "Seal (支援措置, 不開示) and `danger_from`: address, telephone … never leave". */
  mustNotBeFound = (person: string): boolean => [...this.seals, ...this.dangers].some((w) => w.person === person);

  /** "address, telephone … never leave"; what is safe to follow, and texts that somebody has read, may. */
  mayLeave(referral: SeenReferral, { person, safeWishes }: SeenMember, category: DataCategory): boolean {
    if (!this.mustNotBeFound(person)) return true;
    if (category === 'contact') return false;
    if (category === 'contact_wishes') return safeWishes === true;
    return category !== 'narrative' || this.isRead(referral);
  }

  /** The same, field by field. */
  mayShow(referral: SeenReferral, { person }: SeenMember, field: string): boolean {
    if (!this.mustNotBeFound(person)) return true;
    return !givesAway.includes(field) && (!texts.includes(field) || this.isRead(referral));
  }

  /**
   * "left out … of `household`": whoever endangers the subject or is endangered by the subject; and of those who are left whoever
   * endangers another one. ADR 17: but in a 通報 everybody is.
   */
  isApart({ kind, members }: SeenReferral, member: SeenMember): boolean {
    const [subject, ...others] = members;
    if (kind === 'notification' || subject === undefined || member.ref === subject.ref) return false;
    const isNear = ({ person }: SeenMember) =>
      !this.endangers(person, subject.person) && !this.endangers(subject.person, person);
    if (!isNear(member)) return true;
    return others.some((o) => o.ref !== member.ref && isNear(o) && this.endangers(member.person, o.person));
  }

  /** "the household": everybody, but who is protected as well. */
  endangers(one: string, other: string): boolean {
    if (one === other) return false;
    return this.dangers.some(
      (d) => d.person === other && (d.from === 'household' ? !this.isProtectedFromHome(one) : d.from === one),
    );
  }

  /** Those who are endangered by this one, of those who are in a referral together; and who has recorded it. */
  endangeredBy(one: string, together: ReadonlySet<string>): { readonly person: string; readonly staff: string }[] {
    return this.dangers.filter((d) =>
      d.from === 'household'
        ? d.person !== one && together.has(d.person) && !this.isProtectedFromHome(one)
        : d.from === one,
    );
  }

  private isRead = ({ id, content }: SeenReferral): boolean => this.cleared.get(id) === content;

  private isProtectedFromHome = (person: string): boolean =>
    this.seals.some((s) => s.person === person) ||
    this.dangers.some((d) => d.person === person && d.from === 'household');

  private end(what: string): void {
    this.seals = this.seals.filter((s) => s.id !== what);
    this.dangers = this.dangers.filter((d) => d.id !== what);
  }

  private becomeOne(kept: string, merged: string): void {
    const idsOf = (of: readonly Seal[], person: string) => of.filter((w) => w.person === person).map((w) => w.id);
    const fromOf = (person: string) => this.dangers.filter((d) => d.from === person).map((d) => d.id);
    const all = [...this.seals, ...this.dangers];
    const union = {
      kept,
      merged,
      brought: new Set(idsOf(all, merged)),
      broughtFrom: new Set(fromOf(merged)),
      stayed: new Set([...idsOf(all, kept), ...fromOf(kept)]),
    };
    this.unions = [...this.unions, union];
    this.seals = this.seals.map((s) => (s.person === merged ? { ...s, person: kept } : s));
    this.dangers = this.dangers.map((d) => ({
      ...d,
      ...(d.person === merged && { person: kept }),
      ...(d.from === merged && { from: kept }),
    }));
  }

  /** ADR 17: "what was sealed while two were one stands with both". */
  private putApart(kept: string, person: string, undoes: boolean): void {
    const undone = undoes ? this.unions.filter((u) => u.kept === kept && u.merged === person) : [];
    this.unions = this.unions.filter((u) => !undone.includes(u));
    const isIn = (sets: readonly ReadonlySet<string>[], id: string) => sets.some((set) => set.has(id));
    const whose = (id: string, back: readonly ReadonlySet<string>[]) => {
      if (isIn(back, id)) return [person];
      const stayed = undone.map((u) => u.stayed);
      return isIn(stayed, id) ? [kept] : [kept, person];
    };
    const brought = undone.map((u) => u.brought);
    const broughtFrom = undone.map((u) => u.broughtFrom);
    const each = <W extends Seal>(word: W): W[] =>
      word.person === kept ? whose(word.id, brought).map((one, n) => copied(word, { person: one }, n)) : [word];
    this.seals = this.seals.flatMap(each);
    this.dangers = this.dangers
      .flatMap(each)
      .flatMap((d) => (d.from === kept ? whose(d.id, broughtFrom).map((from, n) => copied(d, { from }, n)) : [d]))
      .filter((d) => d.person !== d.from);
  }
}

/** Of what stands with both, the second has a record of its own. */
const copied = <W extends Seal>(word: W, over: Partial<Danger>, nth: number): W => ({
  ...word,
  ...over,
  id: nth === 0 ? word.id : `${word.id}, and again`,
});

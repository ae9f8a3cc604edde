// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory } from '@tsunagi/domain';
import { emergencyHours, lawOfGrounds, onGrounds } from './law-of-disclosure';
import type { Municipality, SeenMember, SeenReferral, Word } from './seen';

type GroundWord = Extract<Word, { word: 'ground' }>;
type Ratified = Extract<Word, { word: 'ratified' }>;

const lastMomentOf = (day: string) => Date.parse(`${day}T23:59:59.999+09:00`);

/** What was recorded without a consent, and what it lets out: DOMAIN §6, the table of authorities, once more. */
export class GroundWords {
  private readonly grounds: GroundWord[] = [];
  private readonly decided = new Map<string, Ratified>();

  constructor(
    private readonly municipality: Municipality,
    /** Has the person refused something of this toward that function? */
    private readonly isRefused: (person: string, toward: string, of: readonly DataCategory[]) => boolean,
  ) {}

  hear(word: Word): void {
    if (word.word === 'ground') this.grounds.push(word);
    // Whoever drafted it does not approve it.
    if (word.word === 'ratified' && this.grounds.find((g) => g.id === word.ground)?.staff !== word.staff)
      this.decided.set(word.ground, word);
  }

  permit(referral: SeenReferral, member: SeenMember, category: DataCategory, at: Date): boolean {
    return this.standing(referral, member, at).some((g) => this.lists(g, category, at));
  }

  /** "for conference and emergency 到着 only"; else the state. */
  feedback(referral: SeenReferral, at: Date): 'none' | 'arrival' | 'state' {
    const [subject] = referral.members;
    const standing = subject ? this.standing(referral, subject, at) : [];
    const telling = standing.filter((g) => g.categories.some((c) => this.lists(g, c, at)));
    if (telling.some((g) => !lawOfGrounds[g.code].arrivalOnly)) return 'state';
    return telling.length > 0 ? 'arrival' : 'none';
  }

  /** Those that speak of this referral, these two desks and this member, and that no refusal stops. */
  private standing(referral: SeenReferral, { person }: SeenMember, at: Date): GroundWord[] {
    const { id, kind, from, to, members } = referral;
    const bodyOf = (desk: string | undefined) => this.municipality.desks.find((d) => d.id === desk)?.bodyKind;
    const [sender, recipient] = [bodyOf(from), bodyOf(to)];
    if (!onGrounds.includes(kind) || !sender || !recipient) return [];
    return this.grounds.filter((g) => {
      const { senders, recipients, wordsOverRefusal } = lawOfGrounds[g.code];
      if (g.referral !== id || g.by !== from || g.toward !== to || !g.said) return false;
      // It names persons: of two who have become one it speaks of both.
      if (!members.some((m) => m.person === person && g.refs.includes(m.ref))) return false;
      if (!senders.includes(sender) || !recipients.includes(recipient)) return false;
      const decided = this.decided.get(g.id);
      const isOverridden = decided?.approved === true && decided.at <= at && decided.overRefusal;
      return !wordsOverRefusal || isOverridden || !this.isRefused(person, g.toward, g.categories);
    });
  }

  /** Does it list this now: approved, or not yet in need of it? */
  private lists(g: GroundWord, category: DataCategory, at: Date): boolean {
    const rows = this.municipality.grounds.filter((r) => r.code === g.code && r.categories.includes(category));
    const isNow = ({ windows }: (typeof rows)[number]) =>
      windows?.some((w) => Date.parse(w.from) <= at.getTime() && at.getTime() < Date.parse(w.until)) ??
      g.code !== 'disaster';
    if (!g.categories.includes(category) || !rows.some(isNow)) return false;
    const { approved } = lawOfGrounds[g.code];
    if (approved === 'never') return true;
    const decided = this.decided.get(g.id);
    if (decided && !decided.approved) return false;
    const isApproved =
      decided !== undefined && decided.categories.includes(category) && at.getTime() <= lastMomentOf(decided.until);
    return isApproved || (approved === 'after' && at.getTime() < g.at.getTime() + emergencyHours * 3_600_000);
  }
}

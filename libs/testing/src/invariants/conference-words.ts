// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConferenceKind, DataCategory } from '@tsunagi/domain';
import { lawOfConference } from './law-of-disclosure';
import type { Municipality, SeenAgenda, SeenMember, SeenReferral, Word, WordAtConference } from './seen';

type Brought = Extract<WordAtConference, { step: 'add-item' }>;
interface Seat {
  readonly function: string;
  readonly staff: string;
  readonly acknowledged: boolean;
}
interface Conference {
  readonly kind: ConferenceKind;
  readonly host: string;
  readonly persons: readonly string[];
  readonly seats: readonly Seat[];
  readonly state: 'proposed' | 'called' | 'open' | 'held' | 'ended';
  /** Up to, but without, this moment. */
  readonly until: number;
}
export interface ItemOnTheTable extends Pick<Brought, 'function' | 'staff' | 'category' | 'informant' | 'read'> {
  readonly id: string;
  readonly conference: string;
  readonly person: string;
  readonly isErased: boolean;
  /** Asked to leave the conference, toward this function. */
  readonly toward?: string | undefined;
  readonly asked?: Date | undefined;
  readonly agreedBy?: string | undefined;
}
/** Where the one who was merged stood. */
interface Union {
  readonly kept: string;
  readonly merged: string;
  readonly places: ReadonlyMap<string, readonly number[]>;
  readonly items: ReadonlySet<string>;
}

const dayMs = 86_400_000;
const afterDay = (day: string) => Date.parse(`${day}T00:00:00+09:00`) + dayMs;

/** What was done at conferences, and whom that lets see what: DOMAIN §6, the conference authorities, and §7 once more. */
export class ConferenceWords {
  private readonly all = new Map<string, Conference>();
  private items: readonly ItemOnTheTable[] = [];
  private unions: readonly Union[] = [];

  constructor(private readonly municipality: Municipality) {}

  hear(word: Word): void {
    if (word.word === 'conference') this.step(word);
    else if (word.word === 'merge') this.becomeOne(word.kept, word.merged);
    else if (word.word === 'split' && word.undoes) this.putApart(word.kept, word.person);
  }

  /** "conference of this case open, members by name, secrecy acknowledged". */
  permit(referral: SeenReferral, { person }: SeenMember, category: DataCategory, at: Date): boolean {
    const conference = this.sharing(referral, at);
    const law = conference && lawOfConference[conference.kind];
    return (
      conference !== undefined &&
      conference.persons.includes(person) &&
      this.municipality.sittings.some((row) => row.law === law && row.categories.includes(category))
    );
  }

  /** Whether its sender may hear that it has come. */
  arrives(referral: SeenReferral, at: Date): boolean {
    const conference = this.sharing(referral, at);
    const subject = referral.members[0]?.person;
    return conference !== undefined && subject !== undefined && conference.persons.includes(subject);
  }

  /** Called by name, or of those who hold it. */
  mayKnow({ conference: id, function: desk, staff }: SeenAgenda): boolean {
    const conference = this.all.get(id);
    return (
      conference?.host === desk || conference?.seats.some((s) => s.staff === staff && s.function === desk) === true
    );
  }

  /** Has acknowledged, and it has not ended. */
  isAtTable({ conference: id, function: desk, staff }: SeenAgenda): boolean {
    const { seats = [], state } = this.all.get(id) ?? {};
    return state !== 'ended' && seats.some((s) => s.staff === staff && s.function === desk && s.acknowledged);
  }

  /** Visible inside only: as long as it is open. */
  isOpen = (id: string): boolean => this.all.get(id)?.state === 'open';

  item = (id: string): ItemOnTheTable | undefined => this.items.find((i) => i.id === id);

  onTheTable = (conference: string): readonly ItemOnTheTable[] =>
    this.items.filter((i) => i.conference === conference && !i.isErased);

  /** Talked about with consent alone. */
  needsConsent = (conference: string): boolean => {
    const kind = this.all.get(conference)?.kind;
    return kind === undefined || lawOfConference[kind] === undefined;
  };

  /** What the law of this conference lets its members be told, until it must be looked at again. */
  isOnItsLaw({ conference: id, person, category }: ItemOnTheTable, at: Date): boolean {
    const conference = this.all.get(id);
    const law = conference && lawOfConference[conference.kind];
    return (
      conference !== undefined &&
      at.getTime() < conference.until &&
      conference.persons.includes(person) &&
      this.municipality.sittings.some((row) => row.law === law && row.categories.includes(category))
    );
  }

  private sharing({ kind, conference: id, from, to }: SeenReferral, at: Date): Conference | undefined {
    const conference = kind === 'inquiry' && id !== undefined ? this.all.get(id) : undefined;
    const sits = (desk: string | undefined) => conference?.seats.some((s) => s.function === desk && s.acknowledged);
    if (conference?.state !== 'open' || at.getTime() >= conference.until) return undefined;
    return sits(from) && sits(to) ? conference : undefined;
  }

  private step(word: WordAtConference): void {
    const { conference: id } = word;
    if (word.step === 'propose') {
      const { kind, host, persons } = word;
      this.all.set(id, { kind, host, persons, seats: [], state: 'proposed', until: Infinity });
      return;
    }
    const before = this.all.get(id);
    if (!before) return;
    const change = (over: Partial<Conference>) => this.all.set(id, { ...before, ...over });
    const changeItem = (item: string, over: Partial<ItemOnTheTable>) => {
      this.items = this.items.map((i) => (i.id === item ? { ...i, ...over } : i));
    };
    switch (word.step) {
      case 'call':
        change({
          state: before.state === 'open' ? 'open' : 'called',
          seats: [
            ...before.seats.filter((s) => !word.seats.some((w) => w.staff === s.staff)),
            ...word.seats.map((seat) => ({
              ...seat,
              acknowledged: before.seats.some(
                (s) => s.staff === seat.staff && s.function === seat.function && s.acknowledged,
              ),
            })),
          ],
        });
        break;
      case 'acknowledge':
        change({
          seats: before.seats.map((s) =>
            s.staff === word.staff && s.function === word.function ? { ...s, acknowledged: true } : s,
          ),
        });
        break;
      case 'open':
        change({ state: 'open', until: afterDay(word.reviewOn) });
        break;
      case 'record':
        change({ state: 'held', until: afterDay(word.reviewOn) });
        break;
      case 'review':
        change({ state: word.again === true ? 'called' : 'held', until: afterDay(word.reviewOn) });
        break;
      case 'add-item': {
        const { item, conference, function: desk, staff, person, category, informant, read } = word;
        const brought = { conference, function: desk, staff, person, category, informant, read };
        this.items = [...this.items, { ...brought, id: item, isErased: false }];
        break;
      }
      case 'promote':
        changeItem(word.item, { toward: word.toward, asked: word.at, agreedBy: undefined });
        break;
      case 'agree-promotion':
        changeItem(word.item, { agreedBy: word.staff });
        break;
      case 'erase':
        changeItem(word.item, { isErased: true });
        break;
      case 'end':
        change({ state: 'ended' });
        this.items = this.items.map((i) => (i.conference === id ? { ...i, isErased: true } : i));
        break;
      default:
        word satisfies never;
    }
  }

  private becomeOne(kept: string, merged: string): void {
    const placesIn = (persons: readonly string[]) => persons.flatMap((p, n) => (p === merged ? [n] : []));
    const places = new Map([...this.all].map(([id, { persons }]) => [id, placesIn(persons)]));
    const items = new Set(this.items.filter((i) => i.person === merged).map((i) => i.id));
    this.unions = [...this.unions, { kept, merged, places, items }];
    for (const [id, c] of this.all)
      this.all.set(id, { ...c, persons: c.persons.map((p) => (p === merged ? kept : p)) });
    this.items = this.items.map((i) => (i.person === merged ? { ...i, person: kept } : i));
  }

  private putApart(kept: string, person: string): void {
    const undone = this.unions.filter((u) => u.kept === kept && u.merged === person);
    this.unions = this.unions.filter((u) => !undone.includes(u));
    for (const { places, items } of undone) {
      for (const [id, c] of this.all) {
        const back = places.get(id) ?? [];
        this.all.set(id, { ...c, persons: c.persons.map((p, n) => (p === kept && back.includes(n) ? person : p)) });
      }
      this.items = this.items.map((i) => (i.person === kept && items.has(i.id) ? { ...i, person } : i));
    }
  }
}

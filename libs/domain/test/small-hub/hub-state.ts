// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Seen, type Shown, type Word } from '@tsunagi/testing/invariants';
import { desks } from './desks';
import { rules, type Rules } from './rules';
import * as domain from '../../src';
import type {
  Conference,
  Consent,
  DataCategory,
  Ground,
  Member,
  Permit,
  ReferralInLife,
  ReferralKind,
  ReferralState,
  Refusal,
  StepTaken,
  SupportUnit,
} from '../../src';
import { aMember, now as start, uuid } from '../builders';

export interface InHand extends ReferralInLife {
  readonly id: string;
  readonly kind: ReferralKind;
  readonly from: string;
  readonly to: string;
  readonly key: string;
  readonly parent?: string;
  readonly journey: string;
  readonly version: number;
  readonly toldState: ReferralState;
  readonly stateAt: Date;
  readonly urgency: domain.Urgency;
  readonly members: readonly { readonly person: string; readonly content: Member }[];
  /** Counts up as its record says something else; the last one that somebody of its sender has read. */
  readonly content?: number;
  readonly read?: number;
  /** The sitting that it rests on, or the item of one that it has become of. */
  readonly conference?: string;
  readonly promoted?: string;
  readonly permit?: Permit;
  readonly sentAt?: Date;
  readonly dueOn?: string | undefined;
  readonly toldDueOn?: string | undefined;
  readonly dueLeft?: number | undefined;
  readonly wakeOn?: string | undefined;
  readonly returnAsked?: boolean;
  readonly shortOfCapacity?: boolean;
  /** 本人持参, as its sender has chosen. */
  readonly carried?: boolean;
  /** What stands on the sheet that the person has. */
  readonly sheet?: readonly DataCategory[];
}

export interface Delivery {
  readonly id: string;
  readonly referral: string;
  readonly plugin: string;
  readonly state: 'queued' | 'out' | 'taken' | 'parked' | 'recalled';
}

export interface Acting {
  readonly actor: string;
  readonly function?: string | undefined;
  readonly staff?: string | undefined;
}

/** A ground, and whom of its referral it names. */
export type GroundOnFile = Omit<Ground, 'persons'> & { readonly refs: readonly string[] };

/** A seal or a danger, as it was recorded, and who wants it to end. */
export interface Protecting {
  readonly id: string;
  readonly person: string;
  readonly askedBy?: string | undefined;
  /** It stands with somebody else as well, since the two were one. */
  readonly isCopy?: true | undefined;
}
export interface SealOnFile extends Protecting {
  readonly until?: string | undefined;
}
export interface DangerOnFile extends Protecting {
  readonly from: string;
  readonly by: string;
}

/** Two who have become one, and what came with the one who was merged. */
export interface Link {
  readonly kept: string;
  readonly merged: string;
  readonly members: readonly { readonly referral: string; readonly ref: string }[];
  readonly words: readonly string[];
  /** Words that the other had before. */
  readonly stayed: readonly string[];
  /** Support units in which the one was. */
  readonly units: readonly string[];
  /** Seals and dangers, and those of which the one was the cause; and what the other had of both. */
  readonly protecting: readonly string[];
  readonly caused: readonly string[];
  readonly protectingOther: readonly string[];
  /** Conferences and what was brought to them. */
  readonly discussedAt: ReadonlyMap<string, readonly number[]>;
  readonly brought: readonly string[];
}

/** Where a record of a system stands. */
interface OnFile {
  readonly referral: string;
  readonly occurredAt: Date;
}

export const core: Acting = { actor: 'core' };

/** Something in every group in which a place may stand; one is safe to follow, the other is not. */
const itemsOf = (person: number): Member['items'] => ({
  ...aMember().items,
  identity: { ...aMember().items.identity, otherNames: [{ name: '試験　旧姓' }] },
  contact_wishes: { number: '000-000-0002', ...(person === 1 && { safe: true as const }) },
  household_outline: { size: 2, affected: '試験の母' },
  wishes: { wishes: '試験の希望' },
  income_debt: { arrears: '試験の滞納' },
  education: { school: '試験の学校', note: '試験の学校に通う' },
  employment: { status: '試験の勤め先', note: '試験の勤め' },
  housing: { status: '試験の住まい', note: '試験の家' },
  service_use: { office: '試験の事業所' },
});
/** Tax data, as their sender says. */
export const taxData: readonly DataCategory[] = ['income_debt'];

/** A hub as a few lists: what stands in them, and how it is written down. */
export class HubState {
  now = start;
  count = 500;
  readonly referrals = new Map<string, InHand>();
  readonly events: Seen['events'][number][] = [];
  readonly begun = new Map<string, InHand>();
  /** Which steps were taken: what is needed to live it all once more. */
  readonly lived: { readonly id: string; readonly taken: StepTaken; readonly also: Partial<InHand> }[] = [];
  readonly deliveries = new Map<string, Delivery>();
  readonly left: Shown[] = [];
  /** What has gone to the recipient of a referral, and was not taken back. */
  readonly gone = new Map<string, Set<string>>();
  readonly units = new Map<string, SupportUnit>();
  consents: Consent[] = [];
  refusals: Refusal[] = [];
  /** The referral whose record asserted this consent. */
  readonly behind = new Map<string, string>();
  grounds: readonly GroundOnFile[] = [];
  seals: readonly SealOnFile[] = [];
  dangers: readonly DangerOnFile[] = [];
  readonly conferences = new Map<string, Conference>();
  /** What was brought to a conference, word by word; and toward whom it was asked for. */
  readonly texts = new Map<string, string>();
  readonly promotedTo = new Map<string, string>();
  /** Everything that was said so far. */
  readonly words: Word[] = [];
  links: readonly Link[] = [];
  readonly answers = new Map<string, string>();
  /** What came, as it came: a message by its id, a step at its version. */
  readonly came: { readonly id?: string; readonly call: () => Done }[] = [];
  readonly files = new Map<string, OnFile>();
  readonly onlooker: string;
  /** What the onlooker has in hand itself: the same person, and no word of hers. */
  own: InHand;

  constructor(
    readonly rule: Rules = rules,
    onlooker = 2,
  ) {
    this.onlooker = pick(desks, onlooker)!.function;
    const elsewhere = desks.find((d) => d.function !== this.onlooker)!;
    this.own = this.draft({ from: this.onlooker, to: elsewhere.function, kind: 'referral', person: 0, key: 'own' });
  }

  change(id: string, to: Partial<InHand>): void {
    this.referrals.set(id, { ...this.get(id), ...to });
  }

  put(delivery: Delivery): void {
    this.deliveries.set(delivery.id, delivery);
  }

  get(id: string): InHand {
    return this.referrals.get(id)!;
  }

  /** The last ones first: a sequence goes on with what it has begun. */
  chosen(which: number): InHand | undefined {
    return pick([...this.referrals.values()].reverse(), which);
  }

  newId = () => uuid(++this.count);

  draft(of: {
    readonly from: string;
    readonly to: string;
    readonly kind: ReferralKind;
    readonly person: number;
    readonly key: string;
    readonly urgency?: domain.Urgency;
    readonly withHousehold?: boolean;
    readonly carried?: boolean;
  }): InHand {
    const id = this.newId();
    const isPersonless = of.kind === 'advice';
    const items = isPersonless ? {} : itemsOf(of.person);
    const subject = { person: uuid(100 + of.person), content: aMember({ items, identifiers: [] }) };
    const others = (['child', 'spouse'] as const).map((role, n) => ({
      person: uuid(110 + n),
      content: aMember({ ref: role, role, identifiers: [], items: itemsOf(n) }),
    }));
    return {
      id,
      journey: id,
      key: of.key,
      kind: of.kind,
      from: of.from,
      to: of.to,
      version: 0,
      state: 'draft',
      toldState: 'draft',
      stateAt: this.now,
      urgency: of.urgency ?? 'normal',
      members: [subject, ...(of.withHousehold === true && !isPersonless ? others : [])],
      content: 1,
      carried: of.carried === true && domain.kindRules[of.kind].channels.includes('carried_by_person'),
      hasQuestioned: false,
      returnsInJourney: 0,
      hops: 0,
    };
  }
}

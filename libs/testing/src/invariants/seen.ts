// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { GroundCode } from './deeds-of-law';
import type { Move } from './moves';
import type {
  AuthorityCode,
  ConferenceKind,
  DataCategory,
  Domain,
  BodyKind,
  Feedback,
  Purpose,
  ReferralKind,
  ReferralState,
  Statute,
} from '@tsunagi/domain';

/** A desk function, as the municipality's master data have it. */
export interface Desk {
  readonly id: string;
  readonly functionType: string;
  readonly domain: Domain;
  readonly bodyKind: BodyKind;
  readonly purposes: readonly Purpose[];
  /** The plugin of the system behind it. */
  readonly plugin?: string | undefined;
  /** Its system may give something back without the supervisor. */
  readonly returnsBySystem: boolean;
}

export interface Municipality {
  readonly desks: readonly Desk[];
  readonly withinPurpose: readonly { readonly purpose: Purpose; readonly categories: readonly DataCategory[] }[];
  readonly statutes: readonly { readonly statute: Statute; readonly categories: readonly DataCategory[] }[];
  /** Of each law what may leave on it, and within which times where it counts within these only. */
  readonly grounds: readonly {
    readonly code: GroundCode;
    readonly categories: readonly DataCategory[];
    readonly windows?: readonly { readonly from: string; readonly until: string }[] | undefined;
  }[];
  readonly sittings: readonly { readonly law: AuthorityCode; readonly categories: readonly DataCategory[] }[];
}

export interface SeenReferral {
  readonly id: string;
  readonly kind: ReferralKind;
  readonly purpose: Purpose;
  readonly from: string;
  readonly to?: string | undefined;
  readonly state: ReferralState;
  /** The state as its sender may know it. */
  readonly toldState: ReferralState;
  readonly version: number;
  readonly parent?: string | undefined;
  /** The record that made it, as its sender names it; a matter that goes on shares it with the one before. */
  readonly key: string;
  /** The subject first. */
  readonly members: readonly SeenMember[];
  /** Counts up as its record says something else. */
  readonly content: number;
  /** The conference that it rests on. */
  readonly conference?: string | undefined;
  /** What was brought to a conference and promoted, and has become this. */
  readonly promoted?: string | undefined;
  /** What of the subject stands on the sheet that the person carries, or will; absent where it goes another way. */
  readonly sheet?: readonly DataCategory[] | undefined;
  /** Something of it has gone to its recipient. */
  readonly reached: boolean;
  /** Its recipient's desk finds it. */
  readonly found: boolean;
  /** Who of those who work at its two desks finds it, by name. */
  readonly finders: readonly string[];
}

export interface SeenMember {
  readonly ref: string;
  readonly person: string;
  /** The sender says that these 連絡上の注意 are safe to follow. */
  readonly safeWishes?: true | undefined;
  /** Tax data, as its sender says. */
  readonly taxData?: readonly DataCategory[] | undefined;
}

/** A line of the history. */
export interface SeenEvent {
  readonly referral: string;
  readonly version: number;
  readonly action: string;
  readonly from?: ReferralState | undefined;
  readonly to: ReferralState;
  readonly actor: string;
  readonly function?: string | undefined;
  readonly at: Date;
  readonly reasons: readonly string[];
  /** Something was said with it. */
  readonly said: boolean;
  /** Who of those who work there, by name. */
  readonly staff?: string | undefined;
}

export interface SeenTodo {
  readonly referral: string;
  readonly function: string;
  readonly role: string;
  readonly kind: string;
}

export interface SeenUnit {
  readonly id: string;
  /** Those who are in it now. */
  readonly persons: readonly string[];
  /** Functions that lead it now. */
  readonly leads: readonly string[];
  readonly alarm: boolean;
}

/**
 * What of whom came to a desk. A message is built as it leaves; `written`: later a system had the go-ahead to keep it;
 * `sheet`: somebody there has typed its code.
 */
export interface Shown {
  readonly way: 'message' | 'written' | 'sheet' | 'screen' | 'export' | 'preview' | 'list' | 'search';
  readonly referral: string;
  /** The desk that sees it, or would see it (preview). */
  readonly desk: string;
  readonly members: readonly {
    readonly ref: string;
    readonly categories: readonly DataCategory[];
    /** Each field in them, as `education.school`. */
    readonly fields: readonly string[];
  }[];
}

/** What somebody reads of one conference. */
export interface SeenAgenda {
  readonly conference: string;
  readonly function: string;
  readonly staff: string;
  /** Learns that it exists. */
  readonly knows: boolean;
  readonly items: readonly string[];
}

/** The world at one moment, as database and answers have it. */
export interface Seen {
  readonly now: Date;
  readonly referrals: readonly SeenReferral[];
  readonly events: readonly SeenEvent[];
  readonly todos: readonly SeenTodo[];
  readonly units: readonly SeenUnit[];
  /** Of what time alone has reminded so far: referral and to-do, as often as it did. */
  readonly reminded: readonly string[];
  /** What can be seen now. */
  readonly shown: readonly Shown[];
  /** Everything that has left for a system so far, the last one last. */
  readonly left: readonly Shown[];
  /** What everybody reads of each conference. */
  readonly agendas: readonly SeenAgenda[];
  /** Items of conferences of which the words are still kept. */
  readonly kept: readonly string[];
  /** What a desk is told that takes part in nothing of this: each question and its answer. */
  readonly onlooker: Readonly<Record<string, unknown>>;
}

/** What a person has said, and who wrote it down. */
export type Word =
  | {
      readonly word: 'consent';
      readonly id: string;
      readonly person: string;
      readonly at: Date;
      readonly givenTo: string;
      readonly toward: { readonly function: string } | { readonly domain: Domain };
      readonly categories: readonly DataCategory[];
      readonly purposes: readonly Purpose[];
      /** The first and the last day; absent = from that moment on. */
      readonly from?: string | undefined;
      readonly until: string;
      readonly feedback: Feedback;
      /** Functions that must not see it, and who of those who work anywhere. */
      readonly excludes?: readonly string[] | undefined;
      readonly excludesStaff?: readonly string[] | undefined;
      /** Who spoke for the person. */
      readonly guardian?: string | undefined;
      /** A system's code says so, and a form stands behind it. */
      readonly asserted: boolean;
      /** The referral whose record asserted it. */
      readonly behind?: string | undefined;
    }
  | { readonly word: 'withdrawal'; readonly consent: string; readonly at: Date }
  | {
      readonly word: 'refusal';
      readonly id: string;
      readonly person: string;
      readonly recordedBy: string;
      readonly at: Date;
      readonly toward?: string | undefined;
      readonly categories?: readonly DataCategory[] | undefined;
    }
  | WordOfLaw
  /** Somebody has said that two are one: what spoke of the one speaks of the other. */
  | { readonly word: 'merge'; readonly kept: string; readonly merged: string }
  /** Or that one is two. */
  | {
      readonly word: 'split';
      readonly kept: string;
      /** Who is put apart. */
      readonly person: string;
      /** The desk that says so. */
      readonly by: string;
      /** That is who was merged before. */
      readonly undoes: boolean;
    };

/** What somebody has recorded beside the word of the person. */
export type WordOfLaw =
  | {
      readonly word: 'ground';
      readonly id: string;
      readonly at: Date;
      readonly referral: string;
      readonly code: GroundCode;
      readonly by: string;
      readonly staff: string;
      readonly toward: string;
      readonly refs: readonly string[];
      readonly categories: readonly DataCategory[];
      /** Everything that the law asks for. */
      readonly said: boolean;
    }
  | {
      readonly word: 'ratified';
      readonly ground: string;
      readonly at: Date;
      readonly staff: string;
      readonly approved: boolean;
      readonly categories: readonly DataCategory[];
      /** The last day. */
      readonly until: string;
      readonly overRefusal: boolean;
    }
  | { readonly word: 'seal'; readonly id: string; readonly person: string; readonly at: Date }
  | {
      readonly word: 'danger';
      readonly id: string;
      readonly person: string;
      /** The person, or everybody of the household. */
      readonly from: string;
      readonly staff: string;
      readonly at: Date;
    }
  /** Somebody wants a seal or a danger to end. */
  | { readonly word: 'unprotect'; readonly what: string; readonly staff: string; readonly at: Date }
  /** The texts of this content were read. */
  | { readonly word: 'cleared'; readonly referral: string; readonly content: number }
  | WordAtConference;

/** What somebody has done at a conference. */
export type WordAtConference = { readonly word: 'conference'; readonly conference: string; readonly at: Date } & (
  | {
      readonly step: 'propose';
      readonly kind: ConferenceKind;
      readonly host: string;
      readonly persons: readonly string[];
    }
  | { readonly step: 'call'; readonly seats: readonly { readonly function: string; readonly staff: string }[] }
  | { readonly step: 'acknowledge'; readonly function: string; readonly staff: string }
  /** It is open, or looked at again; it shares up to the end of this day. */
  | { readonly step: 'open' | 'record' | 'review'; readonly reviewOn: string; readonly again?: boolean | undefined }
  | {
      readonly step: 'add-item';
      readonly item: string;
      readonly function: string;
      readonly staff: string;
      readonly person: string;
      readonly category: DataCategory;
      readonly informant: boolean;
      /** Whoever brought it has read it for what gives the whereabouts away. */
      readonly read: boolean;
    }
  | { readonly step: 'promote'; readonly item: string; readonly toward: string }
  | { readonly step: 'agree-promotion'; readonly item: string; readonly function: string; readonly staff: string }
  | { readonly step: 'erase'; readonly item: string }
  | { readonly step: 'end' }
);

/** What became of a move. */
export interface Done {
  /** For whoever reads how it came to that; no personal data. */
  readonly line: string;
  readonly took: boolean;
  /** Functions of the one who asked for it. */
  readonly asker?: readonly string[];
  readonly words?: readonly Word[];
  /** Whoever looks on has sent something of her, and must protect her as well (ADR 17). */
  readonly tellsOnlooker?: true;
  /** Time went by, and nobody did anything. */
  readonly silence?: true;
  /** It had come before: a message, which is answered as at first; or a step at a version that is gone. */
  readonly again?: { readonly sameAnswer?: boolean };
  /** An older record than the last one of its key. */
  readonly outdated?: true;
  /** How many of two steps at one version were taken. */
  readonly race?: { readonly won: number };
  /** Asked for by a system, which had or had not been given this. */
  readonly bySystem?: { readonly mayAnswer: boolean };
  /** Somebody typed a code, who had or had not been brought that sheet, and was answered as if it did not exist. */
  readonly sheet?: { readonly brought: boolean; readonly likeNone: boolean };
  readonly lead?: { readonly step: string; readonly to: string; readonly informed: boolean };
}

/** A world in which moves are made. */
export interface World {
  readonly municipality: Municipality;
  make(move: Move): Promise<Done>;
  look(): Promise<Seen>;
}

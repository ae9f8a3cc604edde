// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Move } from './moves';
import type {
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
  readonly members: readonly { readonly ref: string; readonly person: string }[];
  /** What of the subject stands on the sheet that the person carries, or will; absent where it goes another way. */
  readonly sheet?: readonly DataCategory[] | undefined;
  /** Something of it has gone to its recipient. */
  readonly reached: boolean;
  /** Its recipient's desk finds it. */
  readonly found: boolean;
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
  readonly members: readonly { readonly ref: string; readonly categories: readonly DataCategory[] }[];
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
      /** The last day. */
      readonly until: string;
      readonly feedback: Feedback;
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

/** What became of a move. */
export interface Done {
  /** For whoever reads how it came to that; no personal data. */
  readonly line: string;
  readonly took: boolean;
  /** Functions of the one who asked for it. */
  readonly asker?: readonly string[];
  readonly words?: readonly Word[];
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

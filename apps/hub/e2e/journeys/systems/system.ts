// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addWorkingDays } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import { municipalCalendar } from '../../../src/platform/calendar';
import { timelineOf, type People } from '../people';
import type { Api } from '../../../test/sign-in';
import { isoDay, wallClock } from '../../town/written';

export type Way = Pick<People, 'town' | 'seat'>;

/** Whoever a record speaks of, as far as another system has a place for it; '' where this one has none. */
export interface Said {
  /** The sender's own worker. */
  readonly worker: string;
  readonly kanji: string;
  /** Half-width. */
  readonly kana: string;
  /** Full-width, with the space that the records have. */
  readonly fullKana: string;
  /** `YYYYMMDD`, and as era digit (1 明 … 5 令) with YYMMDD. */
  readonly birth: string;
  readonly eraBirth: string;
  readonly sex: '1' | '2';
  /** Where its records have one apart from the address. */
  readonly postalCode?: string;
  readonly address: string;
  readonly telephone: string;
  readonly household: string;
  /** 続柄, where its records say them. */
  readonly relations?: readonly string[];
  /** 12 flags, and the same as 16 boxes. */
  readonly concerns: string;
  readonly boxes: string;
}

/** A record of a referral as it is to lie in the recipient's system. */
export interface Written {
  readonly referral: string;
  readonly delivery: string;
  /** 取消区分; a recall (3) speaks of nobody. */
  readonly mark: '1' | '2' | '3';
  readonly from: System;
  /** 提供項目マスク of the subject; what has no 1 is blank. */
  readonly mask: string;
  readonly said: Said;
}

/** A status as it is to lie in the sender's system. */
export interface Status {
  readonly key: string;
  readonly referral: string;
  readonly code: string;
  /** When it came into that state. */
  readonly at: string;
  /** Absent: news of the sender's own record, with nothing of the recipient. */
  readonly by?: System;
  readonly reason?: string;
  readonly worker?: string;
  readonly next?: string;
  readonly text?: string;
}

/** Of what the sender's system is told: without the key and the referral. */
export type Told = Omit<Status, 'key' | 'referral' | 'at'> & { readonly state: string };

export interface Answered {
  readonly worker?: string;
  readonly reason?: string;
  readonly outcome?: string;
  readonly next?: string;
  readonly text?: string;
}

export interface Asked {
  /** 同意. Without it the person comes to the desk: nobody may be called. @default '1' */
  readonly consent?: '1' | '9';
  readonly address?: string;
}

/** A department with a system of its own: as it sends, and as it receives. */
export interface System {
  readonly domain: 'kaigo' | 'konkyu' | 'kosodate' | 'shogai';
  /** 分野 as a digit. */
  readonly digit: '1' | '2' | '3' | '4';
  readonly office: { readonly code: string; readonly name: string };
  readonly desk: Api;
  readonly supervisor: Api;

  /** Whom its records speak of. */
  readonly said: Said;
  /** Its record under this key asks for the other one. @returns ハブ紹介ID */
  asks(key: string, to: System, over?: Asked): Promise<string>;
  /** The same record says something else. */
  changes(key: string, to: System, over: Asked): Promise<void>;
  /** 状態コード that it was told of this record so far. */
  codes(key: string): Promise<string[]>;
  /** What lies there of this status, and what is to. */
  status(told: Status): Promise<{ found: unknown; expected: unknown }>;

  /** The newest record of this referral: its 配送ID, and what lies there of it. */
  arrived(referral: string, mark?: '1' | '2' | '3'): Promise<{ delivery: string; found: unknown }>;
  /** What is to lie there, from the first to the last byte. @param found what a file says of the time it was made */
  record(of: Written, found: unknown): unknown;
  /** How many records of this referral lie there. */
  count(referral: string): Promise<number>;
  /** Its desk answers in its system. */
  answers(at: { referral: string; delivery: string }, code: string, key: string, more?: Answered): Promise<void>;
}

/** 引受期限 of an ordinary つなぎ that leaves today: five working days. */
export const acceptBy = (): string => addWorkingDays(isoDay(), 5, municipalCalendar(new Date())).replaceAll('-', '');

/** Whether this item goes along: 本人確認 1, 連絡先 2, 世帯の概要 4, 相談事由 6. */
export const has = ({ mask }: Pick<Written, 'mask'>, bit: 1 | 2 | 4 | 6): boolean => mask[bit - 1] === '1';

/** Waits for the moment at which the referral first came into this state. */
export const momentOf = (desk: Api, referral: string, state: string): Promise<string> =>
  waitFor(async () => (await timelineOf(desk, referral)).find((e) => e.to === state)?.at, {
    what: `${state} in the timeline`,
    timeoutMs: 30_000,
  });

/** The same in Japan, `YYYYMMDD` and `HHMMSS`. */
export function dayAndTime(at: string): [day: string, time: string] {
  const [day = '', time = ''] = wallClock(at).split(' ');
  return [day.replaceAll('-', ''), time.replaceAll(':', '').slice(0, 6)];
}

/** 会い方 of such a record: 1 連絡可, 3 本人が来所. */
export const meetingOf = ({ consent }: Asked): '1' | '3' => (consent === '9' ? '3' : '1');

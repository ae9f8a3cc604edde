// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxPayloadBytes, referralSubmission, type ReferralSubmission } from '@tsunagi/contracts';
import { aheadOf, japaneseDay, type DenyReason, type ReferralKind } from '@tsunagi/domain';
import { myNumberAt } from './my-number';
import type { Directory } from '../organizations';
import { firstPointer } from '../platform';

/** Who sends: a plugin for its department, or a client or desk over HTTP. */
export interface Sending {
  /** 'plugin:<id>', 'client:<id>' or 'staff:<id>'; item ids and keys are unique within it. */
  readonly sender: string;
  readonly channel: 'plugin' | 'http' | 'web';
  readonly plugin?: string;
  /** The functions it may speak for. */
  readonly functions: readonly string[];
}

/** A plugin speaks for every function it serves. */
export function sendingOf(plugin: string, directory: Directory): Sending {
  const functions = directory.servedByPlugin(plugin).map((f) => f.id);
  return { sender: `plugin:${plugin}`, channel: 'plugin', plugin, functions };
}

export type Judged =
  | { readonly submission: ReferralSubmission; readonly from: string }
  | { readonly code: string; readonly pointer: string };

/** A 通報 is delivered in the hub only, 助言依頼 knows no person: neither is stored on this way in. */
const closedKinds: Partial<Record<ReferralKind, DenyReason>> = {
  notification: 'HUB_ONLY',
  advice: 'KIND_WITHOUT_PERSON',
};

/** What leaves must fit into one message; a quarter is left for what the hub adds around the members. */
export const maxContentBytes = (maxPayloadBytes * 3) / 4;

/** As it arrived: over HTTP it has passed the schema at the door; of a plugin one bad item must not spoil its neighbours. */
export type Arrived = { readonly submission: unknown } | { readonly parsed: ReferralSubmission };

/** Fits the schema, carries no マイナンバー, and comes from whom it says; or why not, and where. */
export function judgeSubmission(sending: Sending, arrived: Arrived, directory: Directory, now: Date): Judged {
  const parsed =
    'parsed' in arrived
      ? ({ success: true, data: arrived.parsed } as const)
      : referralSubmission.safeParse(arrived.submission);
  if (!parsed.success) return { code: 'INVALID', pointer: firstPointer(parsed.error) };
  const submission = parsed.data;
  const number = myNumberAt(submission);
  if (number !== undefined) return { code: 'S-MYNUMBER', pointer: number };
  const closed = closedKinds[submission.kind];
  if (closed !== undefined) return { code: closed, pointer: '/kind' };
  const { name, kana } = submission.subject.items.identity ?? {};
  if (submission.to !== undefined && name === undefined && kana === undefined)
    return { code: 'IDENTITY_MISSING', pointer: '/subject/items/identity' };
  // What people and their programs say has happened lies behind us; records of systems may be dated ahead.
  const ahead = sending.channel === 'plugin' ? undefined : aheadIn(submission, now);
  if (ahead !== undefined) return { code: 'DATE_IN_FUTURE', pointer: ahead };
  // A plugin's items come in a message, which has a limit of its own.
  if (sending.channel !== 'plugin' && bytesOf([submission.subject, submission.others]) > maxContentBytes)
    return { code: 'TOO_LARGE', pointer: '/subject' };
  const from = speaksFor(sending, submission, directory);
  return from === undefined ? { code: 'FUNCTION_NOT_YOURS', pointer: '/fromFunction' } : { submission, from };
}

function aheadIn(submission: ReferralSubmission, now: Date): string | undefined {
  if (submission.asserted && submission.asserted.on > japaneseDay(now)) return '/asserted/on';
  if (japaneseDay(new Date(submission.source.occurredAt)) > japaneseDay(now)) return '/source/occurredAt';
  return aheadOf(submission, now);
}

/** The function this submission belongs to, when the sender may speak for it. */
function speaksFor(sending: Sending, submission: ReferralSubmission, directory: Directory): string | undefined {
  const named =
    submission.fromFunction ??
    (submission.fromCode !== undefined ? directory.byCode(submission.fromCode)?.id : undefined);
  if (named !== undefined) return sending.functions.includes(named) ? named : undefined;
  if (submission.fromCode !== undefined) return undefined;
  return sending.functions.length === 1 ? sending.functions[0] : undefined;
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

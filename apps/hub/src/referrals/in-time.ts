// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hasSheet, lookAt, startOf, staysUntil, type ReferralInTime, type TimesOf } from '@tsunagi/domain';
import { channelOf } from './channel';
import { isRouted, isTextUncleared, type ReferralRecord } from './referral.record';
import type { ListedTodo } from './todos';
import { isCoordinatorsDesk } from './viewpoint';
import { narrativeOldFrom } from '../disclosure';
import type { Directory } from '../organizations';

/** How the desks of this referral count their days. */
export function timesOf(referral: ReferralRecord, directory: Directory): TimesOf {
  const { fromFunction, toFunction = fromFunction } = referral;
  return (side) => {
    const desk = side === 'recipient' ? toFunction : fromFunction;
    return { calendar: directory.calendar(desk), ...directory.ownTimes(desk) };
  };
}

/** It goes on a sheet: no system and no screen of the recipient has it before the sheet is there. */
export const isCarried = (referral: ReferralRecord, directory: Directory): boolean =>
  isRouted(referral) && hasSheet(channelOf(referral, directory));

export function inTime(referral: ReferralRecord, directory: Directory): ReferralInTime {
  const { kind, state, toldState, toldAccepted, stateAt, urgency, sentAt, dueOn, toldDueOn } = referral;
  const { wakeOn, followUps, waitsFor, authorityUntil, senderInformsBy, recipientInformsBy } = referral;
  const channel = isRouted(referral) ? channelOf(referral, directory) : 'web';
  return {
    kind,
    state,
    toldState,
    toldAccepted,
    stateAt,
    urgency,
    sentAt,
    dueOn,
    toldDueOn,
    wakeOn,
    followUpOn: followUps?.[0],
    waitsFor,
    authorityUntil,
    senderInformsBy,
    recipientInformsBy,
    confirmedByMunicipality: referral.toFunction !== undefined && isCoordinatorsDesk(referral.toFunction, directory),
    routed: isRouted(referral),
    worksHere: channel !== 'plugin' || referral.onScreen === true,
    carried: hasSheet(channel),
    textUnchecked: referral.members.some((m) => m.textUnchecked),
    narrativeOldFrom: oldTextFrom(referral),
    textUncleared: isTextUncleared(referral),
    staysUntil: isRouted(referral) ? staysUntil(kind, directory.function(referral.toFunction).functionType) : undefined,
    sentBack: referral.sentBack === true,
    returnAsked: referral.returnAsked === true,
    askAgainOn: referral.askAgainOn,
    withdrawalAsked: referral.withdrawalAsked === true,
    misdirected: referral.misdirected === true,
    shortOfCapacity: referral.shortOfCapacity === true,
    phoneConfirmed: referral.phoneConfirmed === true,
  };
}

/** From when one of its texts that have not left yet is too old to leave. */
function oldTextFrom({ members, sentAt }: ReferralRecord): Date | undefined {
  return earliest(
    members.flatMap((member) => {
      const day = narrativeOldFrom(member);
      if (day === undefined) return [];
      const from = startOf(day);
      return sentAt === undefined || from <= sentAt || member.narrativeBehind ? [from] : [];
    }),
  );
}

/** It waits for something that permits it: to leave, or to go on. */
export const waitsForAuthority = ({ state, waitsFor }: Pick<ReferralRecord, 'state' | 'waitsFor'>): boolean =>
  state === 'awaiting_authority' || waitsFor === 'authority';

/**
 * A referral as it is to be written: with the rows of the to-do lists, and with the moment at which time changes something.
 *
 * @param begins days on which something begins for which it may wait: a consent of its subject, a row of 利用目的
 */
export function wound(
  referral: ReferralRecord,
  directory: Directory,
  now: Date,
  begins: readonly (string | undefined)[] = [],
): { readonly referral: ReferralRecord; readonly todos: readonly ListedTodo[] } {
  const { id, fromFunction, toFunction = fromFunction } = referral;
  const { todos, next } = lookAt(inTime(referral, directory), timesOf(referral, directory), now);
  return {
    referral: {
      ...referral,
      clockAt: earliest([...(next ? [next] : []), ...begins.flatMap((day) => (day === undefined ? [] : startOf(day)))]),
    },
    todos: todos.map(({ at, role, kind, escalated }) => ({
      function: at === 'sender' ? fromFunction : toFunction,
      role,
      kind,
      referral: id,
      escalated,
    })),
  };
}

const earliest = (moments: readonly Date[]): Date | undefined =>
  moments.reduce<Date | undefined>((first, at) => (first && first <= at ? first : at), undefined);

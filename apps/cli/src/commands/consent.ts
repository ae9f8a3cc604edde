// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decisions, type DecisionView } from '@tsunagi/contracts';
import { base32ToUuid } from '@tsunagi/plugin-sdk';
import { z } from 'zod';
import { CliError } from '../cli.error';
import { findAccess } from '../http/access';
import { HubClient } from '../http/hub-client';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { categoryNames, decisionTexts, fill } from '../texts';
import type { Command, CommandContext } from './command';

/** Why a referral may or may not leave: the decisions the hub has stored, newest first. 0 permitted, 1 not. */
export const explainConsent: Command<[string]> = async (context, referral) => {
  const items = await readDecisions(context, uuidOf(referral));
  const newest = [...items].sort((a, b) => (a.decidedAt < b.decidedAt ? 1 : -1));
  show(context.terminal, newest, () => (newest.length === 0 ? [decisionTexts.none] : newest.flatMap(linesOf)));
  const ofReferral = newest.find(({ direction }) => direction === 'referral');
  return ofReferral?.outcome === 'permit' ? exitCodes.ok : exitCodes.warning;
};

/** With the demo's access any of its desks may be the one that sees it. */
async function readDecisions(context: CommandContext, id: string): Promise<DecisionView[]> {
  const { baseUrl, clients } = findAccess(context);
  for (const client of clients) {
    try {
      return (await (await HubClient.signIn(baseUrl, client)).get(`/api/v1/referrals/${id}/decision`, decisions)).items;
    } catch (error) {
      const hidden = error instanceof CliError && hiddenCodes.includes(error.blanks['code'] ?? '');
      if (!hidden) throw error;
    }
  }
  throw new CliError('REFERRAL_UNKNOWN');
}

/** What the hub answers to those from whose place the referral does not exist. */
const hiddenCodes = ['REFERRAL_UNKNOWN', 'NOT_FOUND', 'ROLE_MISSING'];

function uuidOf(text: string): string {
  const uuid = z.uuid().safeParse(text.toLowerCase());
  if (uuid.success) return uuid.data;
  try {
    return base32ToUuid(text);
  } catch {
    throw new CliError('REFERRAL_UNKNOWN');
  }
}

function linesOf(decision: DecisionView): string[] {
  const { outcome, direction, authority, members, reasons, notAfter, decidedAt } = decision;
  const permitted = members.filter(({ categories }) => categories.length > 0);
  return [
    `${decisionTexts.direction[direction]}　${decisionTexts.outcome[outcome]}`,
    `  ${fill(decisionTexts.decidedAt, { at: inJapan(decidedAt) })}`,
    ...(authority === undefined ? [] : [`  ${fill(decisionTexts.authority, { code: authority })}`]),
    ...permitted.map(({ ref, categories }) => {
      const names = categories.map((category) => categoryNames[category] ?? category).join('、');
      return `  ${fill(decisionTexts.member, { ref, categories: names })}`;
    }),
    ...(notAfter === undefined ? [] : [`  ${fill(decisionTexts.notAfter, { at: inJapan(notAfter) })}`]),
    ...(reasons.length === 0 ? [] : [`  ${outcome === 'permit' ? decisionTexts.leftBehind : decisionTexts.reasons}`]),
    ...reasons.map(({ code, sentence }) => `    ${sentence}（${code}）`),
  ];
}

const japan = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' });
const inJapan = (moment: string) => japan.format(new Date(moment));

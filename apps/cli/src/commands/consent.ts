// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CliError } from '../cli.error';
import { readExplanation, type Explanation } from '../consent/explanation';
import { explanationLines } from '../consent/explanation-lines';
import { findAccess } from '../http/access';
import { HubClient } from '../http/hub-client';
import { exitCodes } from '../terminal/exit-codes';
import { idOf } from '../terminal/id-of';
import { show } from '../terminal/terminal';
import type { Command, CommandContext } from './command';

/** Whether a referral may leave now and why, and how it came to that. 0 permitted now, 1 not, or not to be told. */
export const explainConsent: Command<[string]> = async (context, referral) => {
  const explanation = await explain(context, idOf(referral, 'REFERRAL_UNKNOWN'));
  show(context.terminal, explanation, () => explanationLines(explanation));
  return explanation.now?.outcome === 'permit' ? exitCodes.ok : exitCodes.warning;
};

/** With the demo's access any of its desks may be the one that sees it; the sender sees most. */
async function explain(context: CommandContext, id: string): Promise<Explanation> {
  const { baseUrl, clients } = findAccess(context);
  let partly: Explanation | undefined;
  for (const client of clients) {
    const seen = await readExplanation(await HubClient.signIn(baseUrl, client), id);
    if (seen?.now) return seen;
    partly ??= seen;
  }
  if (!partly) throw new CliError('REFERRAL_UNKNOWN');
  return partly;
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubAccount } from '@tsunagi/contracts';
import { type BrokerState, inspectRabbit } from '@tsunagi/messaging';
import { errorCode } from '@tsunagi/plugin-sdk';
import type { Settings } from '../settings/settings';
import { doctorTexts, errorTexts, fill } from '../texts';
import { failed, type Finding } from './finding';

const texts = doctorTexts.broker;
const oldestServer = [3, 10] as const;

/** Connects as the account of the URL would, looks at what that account may see, makes nothing and leaves again. */
export async function checkBroker({ amqpUrl, plugins }: Pick<Settings, 'amqpUrl' | 'plugins'>): Promise<Finding> {
  if (amqpUrl === undefined) return { name: texts.name, verdict: 'ok', says: texts.embedded };
  const account = decodeURIComponent(new URL(amqpUrl).username) || hubAccount;
  const own = /^plugin\.(.+)$/.exec(account)?.[1];
  try {
    const state = await inspectRabbit({ url: amqpUrl, account, plugins: own === undefined ? plugins : [own] });
    return judgeBroker(state, account);
  } catch (error) {
    const { says, remedy } = errorTexts.BROKER_AWAY;
    return failed(texts.name, { says: fill(says, { code: errorCode(error, 'UNKNOWN') }), remedy });
  }
}

export function judgeBroker({ version, missing, different }: BrokerState, account: string): Finding {
  const { name, ...say } = texts;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldestServer[0] || (major === oldestServer[0] && minor < oldestServer[1]))
    return failed(name, { says: fill(say.old, { version }), remedy: say.oldRemedy });
  if (missing.length > 0)
    return failed(name, { says: fill(say.missing, { list: missing.join('、') }), remedy: say.missingRemedy });
  if (different.length > 0)
    return failed(name, { says: fill(say.different, { list: different.join('、') }), remedy: say.differentRemedy });
  return { name, verdict: 'ok', says: fill(say.fine, { version, account }) };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connectRabbit } from '@tsunagi/messaging';
import { errorCode } from '@tsunagi/plugin-sdk';
import { hubAccount } from '@tsunagi/contracts';
import { doctorTexts, errorTexts, fill } from '../texts';
import { failed, type Finding } from './finding';

const texts = doctorTexts.broker;
const patienceMs = 5_000;

/** Connects as the account of the URL would, with what that account may do, and leaves again. */
export async function checkBroker(amqpUrl: string | undefined): Promise<Finding> {
  if (amqpUrl === undefined) return { name: texts.name, verdict: 'ok', says: texts.embedded };
  const account = decodeURIComponent(new URL(amqpUrl).username) || hubAccount;
  const plugin = /^plugin\.(.+)$/.exec(account)?.[1];
  // A host's queue of its own, gone with the connection: it takes nobody's messages away.
  const role = plugin === undefined ? 'hub' : { plugin, hostId: `${plugin}.doctor-${process.pid}` };
  try {
    const courier = await connectRabbit({ url: amqpUrl, account, role, firstConnectMs: patienceMs });
    await courier.close();
    return { name: texts.name, verdict: 'ok', says: fill(texts.fine, { account }) };
  } catch (error) {
    const { says, remedy } = errorTexts.BROKER_AWAY;
    return failed(texts.name, {
      says: fill(says, { code: errorCode(error, 'UNKNOWN') }),
      remedy,
    });
  }
}

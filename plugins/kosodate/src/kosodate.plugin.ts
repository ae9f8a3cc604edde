// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin } from '@tsunagi/plugin-sdk';
import { doorSource } from '@tsunagi/plugin-sdk/http';
import { ResponseDesk } from './answers/response-desk';
import type { DeskAnswer } from './answers/response-body';
import { toResponse } from './answers/to-response';
import { Callback } from './callback/callback';
import { callbackSink } from './callback/callback.sink';
import { tellRefusal } from './callback/tell-refusal';
import { kosodateDoor } from './door/kosodate.door';
import { AccessTokens } from './door/tokens';
import { tryBody } from './door/try-body';
import { dailyFiles } from './intake/daily-files';
import { EventDesk } from './intake/event-desk';
import { type Request, toSubmission } from './intake/to-submission';
import { checkKosodate } from './kosodate.check';
import { checkFile } from './kosodate.check-file';
import { kosodateConfig } from './kosodate.config';
import { readSecrets } from './kosodate.secrets';
import { StatusDays } from './status/status-days';

/**
 * 子育て: the system of the こども家庭センター calls with events and answers, and is called back with states and referrals. What its
 * calls could not bring comes in a daily file.
 */
export const kosodatePlugin = definePlugin({
  id: 'kosodate',
  domain: 'kosodate',
  title: '子育て',
  version: '0.1.0',
  sdk: '^0.1.0',
  config: kosodateConfig,
  samples: ['samples/event.json', 'samples/response.json', 'samples/events.csv'],
  listens: true,
  checkFile,
  connect: async ({ config, secrets, journal, log, clock }) => {
    const { clientId, audience, callbackUrl, callbackTimeoutMs, bulkFolder, statusFolder, pollMs, answerWithinMs } =
      config;
    const known = await readSecrets(secrets, config);
    const source = doorSource<Request, DeskAnswer>({
      tries: (file, intake) => tryBody(file, intake, { events, rules: config }),
    });
    const events: EventDesk = new EventDesk({ source, rules: config, journal, clock, log, answerWithinMs });
    const responses = new ResponseDesk({ source, journal, log, answerWithinMs });
    const tokens =
      known.client === undefined ? undefined : new AccessTokens(known.client, { id: clientId, audience }, clock);
    const callback = new Callback({ url: callbackUrl, secret: known.callback, timeoutMs: callbackTimeoutMs, clock });
    const days =
      statusFolder === undefined
        ? undefined
        : new StatusDays({ folder: statusFolder, journal, clock, everyMs: pollMs });
    const sink = callbackSink({ callback, journal, clock, days });
    const daily =
      bulkFolder === undefined
        ? []
        : [
            dailyFiles({
              folder: bulkFolder,
              everyMs: pollMs,
              desk: events,
              rules: config,
              journal,
              log,
              tellRefusal: tellRefusal({ callback, clock, log }),
            }),
          ];
    return {
      sources: [source, ...daily, ...(days ? [days] : [])],
      toSubmission: (request) => toSubmission(request, config),
      toResponse,
      sink,
      door: kosodateDoor({ tokens, signatureSecret: known.signature, clock }, { events, responses }),
      check: () => checkKosodate(config, [sink, ...daily, ...(days ? [days] : [])]),
    };
  },
});

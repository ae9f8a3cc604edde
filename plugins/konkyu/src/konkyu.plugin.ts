// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin } from '@tsunagi/plugin-sdk';
import { answerSource } from './answers/answer-source';
import { toResponse } from './answers/to-response';
import { legacyDatabase } from './database/legacy-database';
import { konkyuConfig } from './konkyu.config';
import { notCarried } from './reception/person-columns';
import { receptionSink } from './reception/reception-sink';

/** 生活困窮者自立支援: referrals are inserted into one table, answers are read from one view. */
export const konkyuPlugin = definePlugin({
  id: 'konkyu',
  domain: 'konkyu',
  title: '生活困窮者自立支援',
  version: '0.1.0',
  sdk: '^0.1.0',
  config: konkyuConfig,
  samples: [],
  notCarried,
  connect: async ({ config, secrets, journal, log, clock }) => {
    const client = legacyDatabase(await secrets.read(config.databaseUrl), log);
    const source = answerSource(client, config, clock);
    const sink = receptionSink({ client, journal, clock, schema: config.schema });
    return {
      sources: [source],
      // The view holds answers only.
      toSubmission: (event: never) => event,
      toResponse,
      sink,
      check: async () => [...(await source.check()), ...(await sink.check())],
      close: () => client.close(),
    };
  },
});

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin } from '@tsunagi/plugin-sdk';
import { answerSource } from './answers/answer-source';
import { toResponse } from './answers/to-response';
import { consultationSource } from './consultations/consultation-source';
import { toSubmission } from './consultations/to-submission';
import { legacyDatabase } from './database/legacy-database';
import { checkKonkyu } from './konkyu.check';
import { konkyuConfig } from './konkyu.config';
import { konkyuSink, tablesIn } from './konkyu.sink';
import { notCarried } from './reception/person-columns';
import { tellRefusals } from './results/tell-refusals';

/** 生活困窮者自立支援: consultations and answers are read from two views, referrals and results go into two tables. */
export const konkyuPlugin = definePlugin({
  id: 'konkyu',
  domain: 'konkyu',
  title: '生活困窮者自立支援',
  version: '0.1.0',
  sdk: '^0.1.0',
  config: konkyuConfig,
  samples: ['samples/V_HUB_SODAN.json'],
  notCarried,
  connect: async ({ config, secrets, journal, log, clock }) => {
    const { schema, functionCode, formVersion, shigoto, jukyo } = config;
    const database = legacyDatabase(await secrets.read(config.databaseUrl), log);
    const onAnswered = tellRefusals({ database, clock, log, table: tablesIn(schema).results });
    const consultations = consultationSource({ database, config, clock, onAnswered });
    const answers = answerSource(database, config, clock);
    const sink = konkyuSink({ database, journal, clock, schema });
    const settings = { functionCode, formVersion, shigoto, jukyo, gaiji: new Map(Object.entries(config.gaiji)) };
    return {
      sources: [consultations, answers],
      toSubmission: (row, override) => toSubmission(row, { ...settings, override }),
      toResponse,
      sink,
      check: () => checkKonkyu(config, [consultations, answers, sink]),
      close: () => database.close(),
    };
  },
});

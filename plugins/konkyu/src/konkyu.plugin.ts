// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin } from '@tsunagi/plugin-sdk';
import { answerSource } from './answers/answer-source';
import { toResponse } from './answers/to-response';
import { consultationSource } from './consultations/consultation-source';
import { type ConsultationSettings, toSubmission } from './consultations/to-submission';
import { legacyDatabase } from './database/legacy-database';
import { noDatabase } from './database/no-database';
import { checkKonkyu } from './konkyu.check';
import { type KonkyuConfig, konkyuConfig } from './konkyu.config';
import { konkyuSink, tablesIn } from './konkyu.sink';
import { type ConsultationView, standardView, viewOf } from './profiles/consultation-view';
import { notCarried } from './reception/person-columns';
import { tellRefusals } from './results/tell-refusals';
import { takenInSource } from './taken-in/taken-in-source';
import { toArrival } from './taken-in/to-arrival';

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
  triesFiles: true,
  connect: async ({ config, secrets, journal, log, clock, filesOnly }) => {
    const { schema } = config;
    const { view, settings } = readingOf(config);
    const database = filesOnly ? noDatabase : legacyDatabase(await secrets.read(config.databaseUrl), log);
    const { reception, results } = tablesIn(schema);
    const onAnswered = tellRefusals({ database, clock, log, table: results });
    const consultations = consultationSource({ database, view, config, clock, onAnswered });
    const answers = answerSource(database, config, clock);
    const marked = [
      { name: reception, key: 'haiso_id' },
      { name: results, key: 'kekka_id' },
    ];
    const takenIn = takenInSource({ database, tables: marked, config, clock });
    const sink = konkyuSink({ database, journal, clock, schema });
    return {
      sources: [consultations, answers, takenIn],
      toSubmission: (row, override) => toSubmission(row, { ...settings, override }),
      toResponse: (answer) => ('takenIn' in answer ? toArrival(answer) : toResponse(answer)),
      sink,
      check: () => checkKonkyu(settings, [consultations, answers, sink, takenIn]),
      close: () => database.close(),
    };
  },
});

/** Which view is read, and how; what its profile does not say, the settings say. */
function readingOf({ profile, ...all }: KonkyuConfig): {
  readonly view: ConsultationView;
  readonly settings: ConsultationSettings;
} {
  const own = profile === 'standard' ? undefined : profile;
  const { formVersion, gaiji, shigoto, jukyo } = all;
  return {
    view: own ? viewOf(own) : standardView,
    settings: {
      functionCode: all.functionCode,
      formVersion: own?.formVersion ?? formVersion,
      gaiji: new Map(Object.entries(own?.gaiji ?? gaiji)),
      shigoto: own?.shigoto ?? shigoto,
      jukyo: own?.jukyo ?? jukyo,
      ...(own?.eras && { eras: new Map(Object.entries(own.eras)) }),
    },
  };
}

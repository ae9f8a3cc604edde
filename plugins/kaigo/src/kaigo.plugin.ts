// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin, envelopeFileSink, folderSource } from '@tsunagi/plugin-sdk';
import { checkKaigo } from './kaigo.check';
import { kaigoConfig } from './kaigo.config';
import { readEvents, toEventSubmission } from './intake/read-events';
import { resultName, writeResult } from './results/result-file';
import { notCarried } from './referrals/person-fields';
import { referralFiles } from './referrals/referral-files';
import { statusFiles } from './status/status-files';

/** 介護保険: change records come in as files, their results and what became of them go out as files. */
export const kaigoPlugin = definePlugin({
  id: 'kaigo',
  domain: 'kaigo',
  title: '介護保険',
  version: '0.1.0',
  sdk: '^0.1.0',
  config: kaigoConfig,
  samples: ['samples/KAI24061.CSV', 'samples/KAI26111.CSV'],
  notCarried,
  journalFolder: ({ folder }) => folder,
  connect: async ({ config, journal, log, clock }) => {
    const { folder } = config;
    const rules = { gaiji: new Map(Object.entries(config.gaiji)), insurers: config.insurerNumbers };
    const replacements = new Map(Object.entries(config.replacements));
    const events = folderSource({
      folder,
      journal,
      log,
      pattern: /^KAI[0-9]{5}\.CSV$/i,
      everyMs: config.pollMs,
      read: ({ bytes }) => readEvents(bytes, rules),
      resultName,
      writeResult,
    });
    const sink = envelopeFileSink({
      folder,
      journal,
      files: [
        referralFiles({ insurers: config.insurerNumbers, replacements, log, clock }),
        statusFiles({ replacements, log, clock }),
      ],
    });
    return {
      sources: [events],
      toSubmission: (event) => toEventSubmission(event, config),
      // Nothing that arrives here is an answer.
      toResponse: (answer: never) => answer,
      sink,
      check: () => checkKaigo(config, sink),
    };
  },
});

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin, envelopeFileSink, folderSource, formVersionFinding } from '@tsunagi/plugin-sdk';
import { notCarriedInRecords as notCarried } from '@tsunagi/plugin-sdk/records';
import { readAnswers, toResponse } from './answers/read-answers';
import { readEvents } from './events/read-events';
import { toSubmission } from './events/to-submission';
import { checkFile } from './hogo.check-file';
import { domain, hogoConfig } from './hogo.config';
import { resultName, writeResult } from './layout/result-file';
import { referralFiles } from './outgoing/referral-files';
import { statusFiles } from './outgoing/status-files';

/** 生活保護: records and answers come in as files; their results, referrals and what became of the records go out as files. */
export const hogoPlugin = definePlugin({
  id: 'hogo',
  domain,
  title: '生活保護',
  version: '0.1.0',
  sdk: '^0.1.0',
  config: hogoConfig,
  samples: ['samples/HOG00001.CSV', 'samples/HOS00001.CSV'],
  notCarried,
  journalFolder: ({ folder }) => folder,
  checkFile: (bytes, name, config) => checkFile(bytes, name, new Map(Object.entries(config?.gaiji ?? {}))),
  connect: ({ config, journal, log, clock }) => {
    const { folder, pollMs: everyMs, formVersion } = config;
    const gaiji = new Map(Object.entries(config.gaiji));
    const replacements = new Map(Object.entries(config.replacements));
    const watched = { folder, journal, log, everyMs, resultName, writeResult };
    const events = folderSource({
      ...watched,
      pattern: /^HOG[0-9]{5}\.CSV$/i,
      read: ({ bytes }) => readEvents(bytes, gaiji),
    });
    const answers = folderSource({
      ...watched,
      name: 'answers',
      // Answers come when there are any: no night is without them for want of a file.
      nightly: false,
      pattern: /^HOS[0-9]{5}\.CSV$/i,
      read: ({ bytes }) => readAnswers(bytes, gaiji),
    });
    const sink = envelopeFileSink({
      folder,
      journal,
      files: [referralFiles(replacements, clock), statusFiles(replacements)],
    });
    return Promise.resolve({
      sources: [events, answers],
      toSubmission: (event) => toSubmission(event, config),
      toResponse,
      sink,
      check: async () => [...(await sink.check()), formVersionFinding(formVersion)],
    });
  },
});

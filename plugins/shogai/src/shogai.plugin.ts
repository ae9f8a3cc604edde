// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin, envelopeFileSink, folderSource } from '@tsunagi/plugin-sdk';
import { notCarriedInRecords as notCarried } from '@tsunagi/plugin-sdk/records';
import { readAnswers } from './answers/read-answers';
import { toResponse } from './answers/to-response';
import { readEvents, toEventSubmission } from './intake/read-events';
import { transmissionField } from './layout/header-fields';
import { rulesOf } from './layout/intake-rules';
import { type RecordFileHeader, transmissionOf } from './layout/record-file';
import { standardFormat } from './profiles/event-format';
import { formatsOf } from './profiles/compile-profile';
import { referralFiles } from './referrals/referral-files';
import { reasonsIn, reasonsOfAnswers } from './results/reasons';
import { resultName, writeResult } from './results/result-file';
import { checkShogai } from './shogai.check';
import { checkFile } from './shogai.check-file';
import { shogaiConfig } from './shogai.config';
import { statusFiles } from './status/status-files';

/**
 * 障害福祉: change records come in as files of fixed length, their results and what became of them go out as such; so do
 * referrals to the desk, whose answers come in as files, too.
 */
export const shogaiPlugin = definePlugin({
  id: 'shogai',
  domain: 'shogai',
  title: '障害福祉',
  version: '0.1.0',
  sdk: '^0.1.0',
  config: shogaiConfig,
  samples: ['samples/SHG24061.DAT', 'samples/SHS26121.DAT'],
  notCarried,
  journalFolder: ({ folder }) => folder,
  checkFile: (bytes, name, config) =>
    checkFile(bytes, name, config && rulesOf(config), config && formatsOf(config.profiles)),
  connect: async ({ config, journal, log, clock }) => {
    const { folder, municipality, eol } = config;
    const rules = rulesOf(config);
    const replacements = new Map(Object.entries(config.replacements));
    const transmission = { of: transmissionOf, field: transmissionField };
    const watched = { folder, journal, log, everyMs: config.pollMs, resultName, transmission };
    const formats = formatsOf(config.profiles);
    const events = formats.map((format) =>
      folderSource({
        ...watched,
        // What was taken before there were profiles is known without a name, and so are its numbers.
        ...(format !== standardFormat && {
          name: format.name,
          transmission: {
            ...transmission,
            of: (header: RecordFileHeader) => `${format.name}/${transmissionOf(header)}`,
          },
        }),
        ...(format.serialOf && { serialOf: format.serialOf }),
        ...(format.resultName && { resultName: format.resultName }),
        pattern: format.pattern,
        read: ({ bytes }, released) => readEvents(bytes, rules, released, format),
        writeResult: (result) => writeResult(result, reasonsIn(format), config),
      }),
    );
    const answers = folderSource({
      ...watched,
      name: 'answers',
      // Answers come when there are any: no night is without them for want of a file.
      nightly: false,
      pattern: /^SHS[0-9]{5}\.DAT$/i,
      read: ({ bytes }) => readAnswers(bytes, rules),
      writeResult: (result) => writeResult(result, reasonsOfAnswers, config),
    });
    const outgoing = { municipality, eol, replacements, log, clock };
    const files = [referralFiles(outgoing), statusFiles(outgoing)];
    const sink = envelopeFileSink({ folder, journal, files, keepsFiles: config.keepsOut });
    return {
      sources: [...events, answers],
      toSubmission: (event) => toEventSubmission(event, config),
      toResponse,
      sink,
      check: () => checkShogai(config, formats, sink),
    };
  },
});

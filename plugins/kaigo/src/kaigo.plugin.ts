// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin, envelopeFileSink, folderSource } from '@tsunagi/plugin-sdk';
import { notCarriedInRecords as notCarried } from '@tsunagi/plugin-sdk/records';
import { readAnswers } from './answers/read-answers';
import { toResponse } from './answers/to-response';
import { readEvents, toEventSubmission } from './intake/read-events';
import { checkKaigo } from './kaigo.check';
import { checkFile } from './kaigo.check-file';
import { type KaigoConfig, kaigoConfig } from './kaigo.config';
import type { IntakeRules } from './layout/intake-rules';
import { standardFormat } from './profiles/event-format';
import { formatsOf } from './profiles/shipped';
import { referralFiles } from './referrals/referral-files';
import { resultName, writeResult } from './results/result-file';
import { reasonsIn, reasonsOfAnswers } from './results/reasons';
import { statusFiles } from './status/status-files';

/**
 * 介護保険: change records come in as files, their results and what became of them go out as files; so do referrals to the
 * care desk, whose answers come in as files, too.
 */
export const kaigoPlugin = definePlugin({
  id: 'kaigo',
  domain: 'kaigo',
  title: '介護保険',
  version: '0.1.0',
  sdk: '^0.1.0',
  config: kaigoConfig,
  samples: ['samples/KAI24061.CSV', 'samples/KAI26111.CSV', 'samples/KAS26121.CSV'],
  notCarried,
  journalFolder: ({ folder }) => folder,
  checkFile: (bytes, name, config) =>
    checkFile(bytes, name, config && rulesOf(config), config && formatsOf(config.profiles)),
  connect: async ({ config, journal, log, clock }) => {
    const { folder } = config;
    const rules = rulesOf(config);
    const replacements = new Map(Object.entries(config.replacements));
    const watched = { folder, journal, log, everyMs: config.pollMs, resultName };
    const formats = formatsOf(config.profiles);
    const events = formats.map((format) =>
      folderSource({
        ...watched,
        // What was taken before there were profiles is known without a name.
        ...(format !== standardFormat && { name: format.name }),
        ...(format.serialOf && { serialOf: format.serialOf }),
        ...(format.resultName && { resultName: format.resultName }),
        pattern: format.pattern,
        read: ({ bytes, name }, released) => readEvents(bytes, rules, format, name, released),
        writeResult: (result) => writeResult(result, reasonsIn(format)),
      }),
    );
    const answers = folderSource({
      ...watched,
      name: 'answers',
      // Answers come when there are any: no night is without them for want of a file.
      nightly: false,
      pattern: /^KAS[0-9]{5}\.CSV$/i,
      read: ({ bytes }) => readAnswers(bytes, rules),
      writeResult: (result) => writeResult(result, reasonsOfAnswers),
    });
    const sink = envelopeFileSink({
      folder,
      journal,
      keepsFiles: config.keepsOut,
      files: [
        referralFiles({ insurers: config.insurerNumbers, replacements, log, clock }),
        statusFiles({ replacements, log, clock }),
      ],
    });
    return {
      sources: [...events, answers],
      toSubmission: (event) => toEventSubmission(event, config),
      toResponse,
      sink,
      check: () => checkKaigo(config, formats, sink),
    };
  },
});

/** What the settings say about judging a row. */
function rulesOf({ gaiji, insurerNumbers }: KaigoConfig): IntakeRules {
  return { gaiji: new Map(Object.entries(gaiji)), insurers: insurerNumbers };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { definePlugin, envelopeFileSink, folderSource, type FileReading, type Journal } from '../src';
import { toSubmission, type Letter } from './toy-plugin';

/** Two kinds of file in one folder, `AAnnnnn.TXT` and `BBnnnnn.TXT`, whose results would have one name: `ERnnnnn.TXT`. */
export const twoKindsPlugin = definePlugin({
  id: 'two',
  domain: 'other',
  title: '二種',
  version: '1.0.0',
  sdk: '^0.1.0',
  config: z.strictObject({ folder: z.string() }),
  samples: [],
  journalFolder: ({ folder }) => folder,
  connect: ({ config: { folder }, journal }) =>
    Promise.resolve({
      sources: [sourceOf('AA', undefined, folder, journal), sourceOf('BB', 'second', folder, journal)],
      toSubmission,
      toResponse: (answer: never) => answer,
      sink: envelopeFileSink({ folder, journal, files: [] }),
      check: () => Promise.resolve([]),
    }),
});

function sourceOf(prefix: string, name: string | undefined, folder: string, journal: Journal) {
  return folderSource<Letter>({
    ...(name === undefined ? {} : { name }),
    folder,
    journal,
    pattern: new RegExp(`^${prefix}[0-9]{5}\\.TXT$`),
    read: ({ bytes }) => read(Buffer.from(bytes).toString('utf8').split('\n'), prefix),
    resultName: (input) => `ER${input.slice(2)}`,
    writeResult: ({ rows }) =>
      Buffer.from([prefix, ...Array.from(rows, ({ row, outcome }) => `${row} ${outcome}`)].join('\n')),
  });
}

/** First line: the kind. Of kind BB a record's text is its name. */
function read([kind, ...keys]: string[], prefix: string): FileReading<Letter, never, undefined> {
  if (kind !== prefix) return { ok: false, code: 'E-KIND' };
  const rows = keys.map((key, index) => ({
    row: index + 1,
    event: { key, text: 'text' },
    ...(prefix === 'BB' && { name: `BB/${key}` }),
  }));
  return { ok: true, header: undefined, rows };
}

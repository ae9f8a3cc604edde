// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import {
  definePlugin,
  type DeliveryOf,
  envelopeFileSink,
  type FileReading,
  type FileRow,
  findMyNumber,
  folderSource,
  type Journal,
  type Log,
  type Mapping,
  type OutgoingFile,
  outgoingFile,
  type Plugin,
  type ReferralResponse,
  resolveGaiji,
  type Sink,
  type Source,
  type SubmissionDraft,
} from '../../src';
import { notCarriedInRecords } from '../../src/records';
import { defineKit, folderOffice, type KitPerson } from '../../src/verify';

/** A record of the sound plugin's legacy system, one line of JSON in UTF-8. */
export const record = z.strictObject({
  key: z.string().regex(/^[0-9]{4}$/),
  name: z.string().min(1).max(40),
  kana: z.string().min(1).max(40),
  /** Empty: 不詳. */
  birth: z.union([z.iso.date(), z.literal('')]),
  note: z.string().max(100),
});
export type Letter = z.infer<typeof record>;

/** Where a faulty plugin differs from the sound one. */
export interface Parts {
  readonly id?: string;
  readonly notCarried?: Plugin['notCarried'];
  readonly config?: z.ZodType<{ folder: string }>;
  readonly readLine?: (line: string, log: Log) => Letter | { readonly code: string };
  readonly toSubmission?: (letter: Letter) => Mapping<SubmissionDraft>;
  readonly sink?: (place: { folder: string; journal: Journal; files: readonly OutgoingFile[] }) => Sink;
  readonly source?: (source: Source<Letter, never>, folder: string) => Source<Letter, never>;
  readonly toLine?: (delivery: DeliveryOf<'referral' | 'supplement'>) => Readonly<Record<string, unknown>>;
}

const settings = z.strictObject({ folder: z.string().describe('やり取りするフォルダー') });

/** `LETnnnnn.TXT` in, `ERRnnnnn.TXT` its results, `REFnnnnn.TXT` referrals, `STAnnnnn.TXT` statuses. Keeps every promise. */
export function soundPlugin(parts: Parts = {}): Plugin {
  const { readLine: lineReader = readLine, toLine = referralLine } = parts;
  return definePlugin({
    id: parts.id ?? 'sound',
    domain: 'other',
    title: '点検の見本',
    version: '0.1.0',
    sdk: '^0.1.0',
    config: parts.config ?? settings,
    samples: ['samples/LET00001.TXT'],
    notCarried: parts.notCarried ?? notCarriedInRecords,
    journalFolder: ({ folder }) => folder,
    connect: ({ config: { folder }, journal, log }) => {
      const source = folderSource<Letter>({
        folder,
        journal,
        log,
        pattern: /^LET[0-9]{5}\.TXT$/,
        read: ({ bytes }) => readFile(bytes, (line) => lineReader(line, log)),
        resultName: (name) => name.replace('LET', 'ERR'),
        writeResult: ({ rows }) => Buffer.from(Array.from(rows, ({ row, outcome }) => `${row} ${outcome}`).join('\n')),
      });
      const files = [
        outgoingFile({
          prefix: 'REF',
          extension: '.TXT',
          kinds: ['referral', 'supplement', 'recall'],
          toRecord: (delivery) => {
            if (delivery.kind === 'recall') return { ok: true, record: { cancels: delivery.recall.cancels } };
            return { ok: true, record: { delivery: delivery.deliveryId, ...toLine(delivery) } };
          },
          toBytes: jsonLines,
        }),
        outgoingFile({
          prefix: 'STA',
          extension: '.TXT',
          kinds: ['status'],
          toRecord: ({ status }) => ({ ok: true, record: { key: status.echo, code: status.code } }),
          toBytes: jsonLines,
        }),
      ];
      return Promise.resolve({
        sources: [parts.source?.(source, folder) ?? source],
        toSubmission: parts.toSubmission ?? toSubmission,
        toResponse: (answer: never): Mapping<ReferralResponse> => answer,
        sink: (parts.sink ?? envelopeFileSink)({ folder, journal, files }),
        check: () => source.check(),
      });
    },
  });
}

export const kit = defineKit({
  office: folderOffice(),
  input: (people) => ({ name: 'LET00002.TXT', bytes: Buffer.from(people.map(lineOf).join('\n')) }),
});

const lineOf = ({ number, name, kana, birthDate = '', note }: KitPerson) =>
  JSON.stringify({ key: String(number).padStart(4, '0'), name, kana, birth: birthDate, note });

const jsonLines = (lines: readonly object[]) => Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));

function readFile(
  bytes: Uint8Array,
  read: (line: string) => Letter | { readonly code: string },
): FileReading<Letter, never, undefined> {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const rows = lines.map((line, index): FileRow<Letter, never> => {
    const letter = read(line);
    const row = index + 1;
    return 'code' in letter ? { row, quarantined: letter } : { row, label: letter.key, event: letter };
  });
  return { ok: true, header: undefined, rows };
}

export function readLine(line: string): Letter | { readonly code: string } {
  try {
    const { data } = record.safeParse(JSON.parse(line));
    if (data === undefined) return { code: 'E-ROW' };
    return findMyNumber(data.note).length > 0 ? { code: 'S-MYNUMBER' } : data;
  } catch {
    return { code: 'E-ROW' };
  }
}

export function toSubmission({ key, name, kana, birth, note }: Letter): Mapping<SubmissionDraft> {
  const { gaiji } = resolveGaiji(name);
  return {
    ok: true,
    value: {
      source: { system: 'sound', key, change: 'new', occurredAt: '2026-11-20T09:00:00+09:00', echo: key },
      kind: 'referral',
      to: { domain: 'konkyu' },
      urgency: 'normal',
      purpose: 'consultation',
      subject: {
        ref: 'subject',
        role: 'subject',
        identifiers: [],
        items: {
          identity: { ...(gaiji.length === 0 && { name }), kana, ...(birth !== '' && { birthDate: birth }) },
          ...(note !== '' && { narrative: { fact: note } }),
        },
      },
      others: [],
    },
    warnings: gaiji.length === 0 ? [] : [{ code: 'W-GAIJI', field: 2 }],
  };
}

/** Of the person what the records of the other plugins hold, too. */
export function referralLine({ referral }: DeliveryOf<'referral' | 'supplement'>): Readonly<Record<string, unknown>> {
  const { identity, contact, household_outline, concern, narrative } = referral.subject.items;
  return { identity, contact, household_outline, concern, narrative };
}

/** A sink that writes in another way than the one beneath it. */
export const around = (sink: Sink, write: Sink['write']): Sink => ({
  check: () => sink.check(),
  recover: async () => sink.recover?.(),
  notCarried: (delivery) => sink.notCarried?.(delivery),
  wasWritten: (deliveryId) => sink.wasWritten(deliveryId),
  write,
});

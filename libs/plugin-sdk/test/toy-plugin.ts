// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  definePlugin,
  envelopeFileSink,
  fileCheck,
  folderSource,
  outgoingFile,
  uuidV7,
  type DeliveryOf,
  type DisclosedReferral,
  type FileCheck,
  type FileFinding,
  type FileResult,
  type Mapping,
  type ReferralResponse,
  type ReferralStatus,
  type SubmissionDraft,
} from '../src';

/** A letter of the toy's legacy system: `KEY,TEXT`. */
export interface Letter {
  readonly key: string;
  readonly text: string;
}
/** An answer: `=CODE,DELIVERY`. */
interface Reply {
  readonly code: string;
  readonly deliveryId: string;
}

/** Files `TOYnnnnn.TXT`: first line `TOY`, then one record a line; `ERR00001.TXT` and so on are their results. */
export const toyPlugin = definePlugin({
  id: 'toy',
  domain: 'other',
  title: 'おもちゃ',
  version: '1.2.3',
  sdk: '^0.1.0',
  config: z.strictObject({ folder: z.string() }),
  samples: [],
  notCarried: ['wishes', 'household'],
  journalFolder: (config) => config.folder,
  checkFile: (bytes) => checkLetters(bytes),
  connect: async ({ config, journal, log }) => {
    const source = folderSource({
      folder: config.folder,
      journal,
      log,
      pattern: /^TOY\d{5}\.TXT$/,
      read: ({ bytes }) => readLetters(bytes),
      resultName: (name) => name.replace('TOY', 'ERG'),
      writeResult,
    });
    const sink = envelopeFileSink({
      folder: config.folder,
      journal,
      files: [
        outgoingFile({
          prefix: 'STA',
          extension: '.TXT',
          kinds: ['status'],
          toRecord: ({ status }) => ({ ok: true, record: `${status.code} ${status.note ?? ''}`.trim() }),
          toBytes: (lines, { name }) => encode([name, ...lines].join('\n')),
          recordsIn: (bytes) => Buffer.from(bytes).toString('utf8').split('\n').length - 1,
        }),
        outgoingFile({
          prefix: 'REF',
          extension: '.TXT',
          kinds: ['referral', 'supplement', 'recall'],
          toRecord: (delivery) => ({ ok: true, record: referralLine(delivery) }),
          toBytes: (lines) => encode(lines.join('\n')),
        }),
      ],
    });
    return { sources: [source], toSubmission, toResponse, sink, check: () => source.check() };
  },
});

/** `+ delivery`, `~ delivery` of a supplement, `- delivery` of a recall, which names the one it cancels. */
function referralLine(delivery: DeliveryOf<'referral' | 'supplement' | 'recall'>): string {
  if (delivery.kind === 'recall') return `- ${delivery.recall.cancels}`;
  return `${delivery.kind === 'referral' ? '+' : '~'} ${delivery.deliveryId}`;
}

function readLetters(bytes: Uint8Array) {
  const [first, ...lines] = Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
  if (first !== 'TOY') return { ok: false as const, code: 'E-FRAME' };
  return { ok: true as const, header: lines.length, rows: lines.map(readLine) };
}

function checkLetters(bytes: Uint8Array): FileCheck {
  const reading = readLetters(bytes);
  if (!reading.ok) return fileCheck(0, [{ row: 0, code: reading.code, severity: 'refused' }]);
  const findings = reading.rows.flatMap(({ row, quarantined }): FileFinding[] =>
    quarantined
      ? [{ row, field: quarantined.field, fieldName: '本文', code: quarantined.code, severity: 'quarantined' }]
      : [],
  );
  return fileCheck(reading.rows.length, findings);
}

function readLine(line: string, index: number) {
  const row = index + 1;
  const [key = '', text = ''] = line.split(',');
  if (text === 'BAD') return { row, label: key, quarantined: { code: 'E-ATTR', field: 2, key } };
  if (key.startsWith('=')) return { row, answer: { code: key.slice(1), deliveryId: text } satisfies Reply };
  return { row, label: key, event: { key, text } satisfies Letter };
}

export function toSubmission({ key, text }: Letter): Mapping<SubmissionDraft> {
  if (text === 'THROW') throw new Error(`cannot map ${key}`);
  if (text === 'LATE') return { ok: false, code: 'E-DATE', field: 3, key };
  return {
    ok: true,
    value: {
      source: { system: 'toy', key, change: 'new', occurredAt: '2026-11-20T09:00:00+09:00' },
      kind: 'referral',
      to: { domain: 'konkyu' },
      urgency: 'normal',
      purpose: 'consultation',
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { narrative: { fact: text } } },
      others: [],
    },
    warnings: text === 'WARN' ? [{ code: 'W-CODE', field: 2 }] : [],
  };
}

function toResponse({ code, deliveryId }: Reply): Mapping<ReferralResponse> {
  const at = '2026-11-20T09:00:00+09:00';
  return { ok: true, value: { deliveryId, code: code as ReferralResponse['code'], at, worker: '見本' } };
}

function writeResult({ header, rows }: FileResult<number>): Uint8Array {
  const lines = Array.from(rows, (row) =>
    [row.row, row.label ?? '', row.outcome, row.code ?? '', row.field ?? '', row.referralId ? 'id' : ''].join(','),
  );
  return Buffer.from([`of ${header ?? '?'}`, ...lines].join('\n'));
}

/** Refuses `𠮷` as CP932 would. */
function encode(text: string): Uint8Array {
  if (text.includes('𠮷')) throw Object.assign(new Error('cannot encode'), { code: 'UNENCODABLE' });
  return Buffer.from(text);
}

export const anId = () => uuidV7(new Date());

/** A message's two ids; of a delivery that goes out again, the first stays. */
export const aClaim = (deliveryId = anId()) => ({ deliveryId, claim: anId() });

export function aReferral(more: Partial<DisclosedReferral> = {}): DisclosedReferral {
  return {
    deliveryId: anId(),
    referralId: anId(),
    journeyId: anId(),
    kind: 'referral',
    purpose: 'consultation',
    from: { domain: 'konkyu', code: 'K1', name: '自立相談' },
    to: { domain: 'kaigo', code: 'C1', name: '地域包括' },
    urgency: 'normal',
    howTheyMeet: 'through_sender',
    acceptBy: '2026-11-24',
    sentOn: '2026-11-20',
    subject: { ref: 'subject', role: 'subject', identifiers: [], items: {} },
    others: [],
    mask: '100000100000000000000000',
    authority: 'consent',
    conditions: [],
    ...more,
  };
}

export function aStatus(more: Partial<ReferralStatus> = {}): ReferralStatus {
  return { ...aClaim(), referralId: anId(), code: '20', at: '2026-11-20T10:00:00+09:00', ...more };
}

/** The files of a folder with their contents; one that goes while it is looked at is left out. */
export async function filesIn(folder: string, name: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const file of (await readdir(join(folder, name))).sort()) {
    const text = await readFile(join(folder, name, file), 'utf8').catch(() => undefined);
    if (text !== undefined) found[file] = text;
  }
  return found;
}

export function drop(folder: string, name: string, ...lines: string[]): Promise<void> {
  return writeFile(join(folder, 'in', name), lines.join('\n'));
}

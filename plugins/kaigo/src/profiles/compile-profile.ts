// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type RawField, readEnvelope, readTable } from '@tsunagi/plugin-sdk';
import { namePattern, saidByName } from '@tsunagi/plugin-sdk/profiles';
import { inOrder, judgeFields, type RecordFault } from '@tsunagi/plugin-sdk/records';
import { createHash } from 'node:crypto';
import type { ChangeRecord } from '../intake/event-layout';
import type { JudgedEvent } from '../intake/judge-event';
import { isOwnForm, submissionKey } from '../intake/record-key';
import { controlFields } from '../layout/control-fields';
import { dataKind } from '../layout/data-kind';
import type { IntakeRules } from '../layout/intake-rules';
import type { OpenFile } from '../layout/open-file';
import { recordOf } from '../layout/record-file';
import type { EventFormat } from './event-format';
import { layoutOf, type MappedField, type ProfileKey } from './profile-layout';
import type { Profile } from './profile.schema';

/** A profile as the intake uses it: what it names is looked up once, not with every row. */
export function compileProfile(profile: Profile): EventFormat {
  const pattern = namePattern(profile.fileName);
  const layout = layoutOf(profile);
  const placeOf = (key: ProfileKey) => layout.find(({ rule }) => rule.key === key)?.place;
  const keyOf = keyFor(profile.name);
  const { fields, fixed } = profile;
  return {
    name: profile.name,
    pattern,
    serialOf: (fileName) => saidByName(pattern, fileName).serial,
    resultName: (fileName) => `KAE_${fileName.toUpperCase()}`,
    names: profile.columns,
    headNames: profile.frame === 'envelope' ? controlFields : profile.columns,
    externalNumber: placeOf('externalNumber') ?? 1,
    asserts: fields.consent !== undefined,
    asks: fields.target !== undefined || fixed.target !== undefined,
    formVersion: profile.formVersion,
    keyOf,
    open: (bytes, fileName) => openProfileFile(bytes, profile, saidByName(pattern, fileName).madeOn),
    judge: (row, rules, madeOn) => judgeRow(row, { profile, layout, rules, madeOn }),
    ownKeys: (row) => {
      const { insurer = fixed.insurer, externalNumber } = valuesOf(row, layout, emptyTable);
      if (externalNumber === undefined) return {};
      return {
        ...(isOwnForm(externalNumber) && { label: externalNumber }),
        ...(insurer && { key: keyOf({ insurer, externalNumber }) }),
      };
    },
  };
}

/**
 * Of a system beside our own: its numbers are not those of `KAI` files. What is no number of our form may be long or hold
 * anything; its hash is as good a name.
 */
const keyFor = (name: string) => (record: Pick<ChangeRecord, 'insurer' | 'externalNumber'>) => {
  const { insurer, externalNumber } = record;
  const hash = () => createHash('sha256').update(externalNumber).digest('hex');
  return `${name}:${submissionKey({ insurer, externalNumber: isOwnForm(externalNumber) ? externalNumber : hash() })}`;
};

function openProfileFile(bytes: Uint8Array, profile: Profile, madeOn: string | undefined): OpenFile {
  const { frame, encoding, eol, columns, recordNumber } = profile;
  if (profile.fields.changedOn === undefined && madeOn === undefined) return { ok: false, code: 'E-NAME' };
  const day = madeOn === undefined ? {} : { madeOn };
  if (frame === 'envelope') {
    const envelope = readEnvelope(bytes, { dataKind: profile.dataKind ?? dataKind, encoding, eol });
    if (!envelope.ok) return refused(envelope);
    // The result is a file of this hub's own, and its number must not be taken for another's.
    const control = { ...envelope.control, dataKind };
    return { ok: true, control, ...day, rows: contentOf(envelope.rows, recordOf) };
  }
  const table = readTable(bytes, {
    encoding,
    eol,
    kind: frame === 'csv-kind-names' ? recordNumber : undefined,
    names: frame === 'csv' ? undefined : columns,
  });
  if (!table.ok) return refused(table);
  return { ok: true, control: undefined, ...day, rows: contentOf(table.rows, (line) => line) };
}

function refused({ code, field }: { readonly code: string; readonly field: number | null }): OpenFile {
  return { ok: false, code, ...(field !== null && { field }) };
}

interface Line {
  readonly row: number;
  readonly bytes: Uint8Array;
  readonly fields: RawField[];
}

const contentOf = (lines: Iterable<Line>, content: (line: Uint8Array) => Uint8Array) => ({
  *[Symbol.iterator]() {
    for (const { row, bytes, fields } of lines) yield { row, content: content(bytes), fields };
  },
});

const emptyTable: IntakeRules['gaiji'] = new Map();

function valuesOf(row: readonly RawField[], layout: readonly MappedField[], gaiji: IntakeRules['gaiji']) {
  return judged(row, layout, gaiji).values;
}

function judged(row: readonly RawField[], layout: readonly MappedField[], gaiji: IntakeRules['gaiji']) {
  return judgeFields(
    layout.map(({ take }) => take(row)),
    layout.map(({ rule }) => rule),
    gaiji,
  );
}

interface Judging {
  readonly profile: Profile;
  readonly layout: readonly MappedField[];
  readonly rules: IntakeRules;
  readonly madeOn: string | undefined;
}

function judgeRow(row: readonly RawField[], { profile, layout, rules, madeOn }: Judging): JudgedEvent {
  const { columns, shortest, fixed, frame, recordNumber } = profile;
  if (row.length !== columns.length && row.length !== shortest)
    return { ok: false, faults: [{ code: 'E-FIELDS' }], warnings: [] };
  const gaiji = profile.gaiji ? new Map(Object.entries(profile.gaiji)) : rules.gaiji;
  const { values, ...found } = judged(row, layout, gaiji);
  const placed = <F extends { readonly field?: number | undefined }>(one: F) => ({
    ...one,
    ...(one.field !== undefined && { field: layout[one.field - 1]?.place ?? one.field }),
  });
  const faults: RecordFault[] = found.faults.map(placed);
  const warnings = found.warnings.map(placed);
  const faultAt = (key: ProfileKey, code: string) => {
    const field = layout.find(({ rule }) => rule.key === key)?.place;
    faults.push({ code, ...(field !== undefined && { field }) });
  };
  if (frame === 'envelope' && row[0]?.text !== recordNumber) faults.push({ code: 'E-CODE', field: 1 });
  const { insurer = fixed.insurer, changedOn = madeOn, validFrom, validTo, endedOn, diedOn, ...rest } = values;
  if (insurer !== undefined && rules.insurers.length > 0 && !rules.insurers.includes(insurer))
    faultAt('insurer', 'E-CODE');
  if (validFrom && validTo && validTo < validFrom) faultAt('validTo', 'E-DATE');
  // Nothing can be ordered, and nothing is as of a day, without one.
  if (changedOn === undefined && faults.length === 0) faultAt('changedOn', 'E-REQUIRED');
  const has = (day: string | undefined) => day !== undefined && changedOn !== undefined && day <= changedOn;
  const first = inOrder(faults);
  if (first) return { ok: false, faults: first, warnings };
  const record = {
    ...fixed,
    ...rest,
    ...{ insurer, changedOn },
    ...(validFrom && { validFrom }),
    ...(validTo && { validTo }),
    ...((has(endedOn) || has(diedOn)) && { change: '3' }),
  };
  // Without a fault every value is one of its list, and what a record needs was found on the way here.
  return { ok: true, record: record as ChangeRecord, warnings };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS, type EraTable, type FixedFrame, fixedField } from '@tsunagi/plugin-sdk';
import { namePattern, readCode, saidByName } from '@tsunagi/plugin-sdk/profiles';
import { type ChangeRecord, eventLayout } from '../intake/event-layout';
import { submissionKey } from '../intake/record-key';
import { type FixedRecordField, recordHead } from '../layout/fixed-record-field';
import { type EventFormat, type EventLayout, type ReadField, type ReadKey, standardFormat } from './event-format';
import { type CodedKey, codeLists, days, type Profile, type ProfileField } from './profile.schema';

/** What the settings name, or describe. */
export function formatsOf(profiles: readonly ('standard' | Profile)[]): EventFormat[] {
  return profiles.map((one) => (one === 'standard' ? standardFormat : compileProfile(one)));
}

/** A profile as the intake uses it: what it names is looked up once, not with every record. */
export function compileProfile(profile: Profile): EventFormat {
  const { name, dataKind, eol, fields, fixed, gaiji, formVersion } = profile;
  const pattern = namePattern(profile.fileName);
  const layout = layoutOf(profile);
  const placeOf = (key: ReadKey) => layout.places[layout.read.findIndex((field) => field.key === key)] ?? 0;
  const bytesBefore = (place: number) => layout.all.slice(0, place).reduce((sum, { maxBytes }) => sum + maxBytes, 0);
  const frame: FixedFrame = {
    dataKind,
    recordBytes: bytesBefore(layout.all.length),
    hashedAt: bytesBefore(placeOf('recipient')),
    eol,
  };
  const reads = (key: ReadKey) => fields.some((field) => field.key === key);
  return {
    name,
    pattern,
    serialOf: (fileName) => saidByName(pattern, fileName).serial,
    resultName: (fileName) => `SHE_${fileName.toUpperCase()}`,
    frame: () => frame,
    layout: () => layout,
    names: [...recordHead.map((field) => field.name), ...fields.map((field) => field.name)],
    externalNumber: placeOf('externalNumber') + 1,
    gaiji: gaiji && new Map(Object.entries(gaiji)),
    formVersion,
    asserts: reads('consent') || reads('targetAndConsent'),
    recordOf: ({ target = fixed.target, consent = fixed.consent, ...values }, municipality) =>
      // Without a fault every value is one of its list, and what a record needs was found on the way here.
      ({ municipality, targetAndConsent: `${target}${consent}`, change: fixed.change, ...values }) as ChangeRecord,
    // Its numbers are not those of `SHG` files.
    keyOf: (record) => `${name}:${submissionKey(record)}`,
  };
}

function layoutOf({ fields, eras }: Profile): EventLayout {
  const table = eras && new Map(Object.entries(eras));
  const all = [...recordHead, ...fields.map(({ type, bytes }) => fixedField(type, bytes))];
  const read = fields.flatMap((field, at) =>
    field.key === undefined ? [] : [{ rule: ruleOf({ ...field, key: field.key }, table), at: at + recordHead.length }],
  );
  return { all, read: read.map(({ rule }) => rule), places: read.map(({ at }) => at) };
}

const own: ReadonlyMap<ReadKey, FixedRecordField> = new Map(eventLayout.map((field) => [field.key, field]));

/** Nobody could tell whose record it is, or what becomes of it, without them. */
const always: readonly ReadKey[] = [
  ...(['recipient', 'changedOn', 'externalNumber', 'change'] as const),
  ...(['target', 'consent', 'targetAndConsent'] as const),
];

/** The value is judged as that of the hub's own record; where it stands and how it is written, the profile says. */
function ruleOf(
  { key, name, type, bytes, required, codes, lenient, format }: ProfileField & { readonly key: ReadKey },
  eras: EraTable | undefined,
): ReadField {
  const { form, typed } = own.get(key) ?? {};
  const rule = {
    key,
    name,
    ...fixedField(type, bytes),
    ...((required || always.includes(key)) && { required: true as const }),
    ...(typed && { typed }),
  };
  if (Object.hasOwn(codeLists, key))
    return {
      ...rule,
      read: readCode(codeLists[key as CodedKey], { codes, lenient: lenient || own.get(key)?.lenient === true }),
    };
  if (format === 'gyymmdd')
    // An end printed before an era's own is a day all the same; a birth or a beginning is not.
    return { ...rule, era: { table: eras ?? ERA_DIGITS, overrun: key === 'validTo' ? 'convert' : 'refuse' } };
  if ((days as readonly string[]).includes(key)) return { ...rule, date: true };
  return { ...rule, ...(form && { form }) };
}

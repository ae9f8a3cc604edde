// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, Concern, day, isMunicipalityCode, line, moment } from '@tsunagi/plugin-sdk';
import { z } from 'zod';
import { coded } from '../door/body-faults';

const realDay = z.string().refine((text) => day.safeParse(text).success, coded('E-DATE'));
const japaneseTime = z
  .string()
  .refine((text) => text.endsWith('+09:00') && moment.safeParse(text).success, coded('E-DATE'));
const katakana = line(100).refine((text) => /^[\u30a0-\u30ff\u3000 ]+$/.test(text), coded('E-ATTR'));

export const eventTypes = [
  'ninshin_todoke',
  'ninshin_8m',
  'shussei',
  'zenko_homon',
  'kenshin_followup',
  'sodan',
  'tsuukoku',
  'support_plan',
] as const;

/** What a record is known by. */
const keys = {
  eventId: code(64),
  eventType: z.enum(eventTypes),
  occurredAt: japaneseTime,
  municipalityCode: z
    .string()
    .regex(/^[0-9]{6}$/)
    .refine(isMunicipalityCode, coded('E-CD-MUNI')),
  municipalityIdentityKey: line(100),
  historyKey: code(50).optional(),
};

/** 続柄 of another member of the household, seen from the subject. */
const householdMember = z.strictObject({
  role: z.enum([
    'spouse',
    'child',
    'parent',
    'sibling',
    'grandparent',
    'grandchild',
    'relative',
    'cohabitant',
    'other',
  ]),
  name: line(100).optional(),
  age: z.int().min(0).max(150).optional(),
  relation: line(12),
});

const subject = z
  .strictObject({
    role: z.enum(['child', 'expectant', 'guardian']),
    name: line(100).optional(),
    nameKana: katakana.optional(),
    dateOfBirth: realDay.nullable(),
    dateOfBirthText: line(40).optional(),
    sex: z.enum(['1', '2', '9']).optional(),
    address: line(200).optional(),
  })
  .refine(({ dateOfBirth, dateOfBirthText }) => dateOfBirth !== null || dateOfBirthText !== undefined, {
    path: ['dateOfBirthText'],
    ...coded('E-REQUIRED'),
  });

const referral = z.strictObject({
  domain: z.enum(['1', '2', '3', '4', '5', '6']),
  organisation: line(80).optional(),
  reason: line(400),
});

/** What the department's system says has happened, registered or changed. */
export const registration = z
  .strictObject({
    ...keys,
    modificationSeg: z.literal('1'),
    subject,
    isNotDisclosed: z.boolean(),
    household: z.array(householdMember).max(20).default([]),
    expectedDate: realDay.optional(),
    homeReturn: z.strictObject({ place: line(100), from: realDay.optional(), to: realDay.optional() }).optional(),
    concerns: z.array(Concern).max(12).default([]),
    primaryConcern: Concern.optional(),
    consent: z
      .strictObject({
        status: z.enum(['given', 'none_under_106_6', 'none_other_basis', 'unknown']),
        basis: line(200).optional(),
        obtainedOn: realDay.optional(),
      })
      .optional(),
    // One event asks a domain once: by its domain the request is known again.
    referTo: z.array(referral).max(6).default([]),
    urgency: z.enum(['1', '2', '3']).default('1'),
  })
  .superRefine(({ concerns, primaryConcern, referTo }, context) => {
    const wrong = (...path: (string | number)[]) => context.addIssue({ code: 'custom', path, ...coded('E-CODE') });
    if (primaryConcern !== undefined && !concerns.includes(primaryConcern)) wrong('primaryConcern');
    if (new Set(concerns).size < concerns.length) wrong('concerns');
    referTo.forEach(({ domain }, index) => {
      if (referTo.findIndex((other) => other.domain === domain) < index) wrong('referTo', index, 'domain');
    });
  });
export type Registration = z.infer<typeof registration>;

/** A record is withdrawn: nothing more is read of it. Loose: senders repeat what they had registered. */
export const withdrawal = z.looseObject({ ...keys, modificationSeg: z.literal('2') });

/** In the order of the interface: a quarantined row and a flag name a field by its number. */
const fields = [
  'eventId',
  'eventType',
  'modificationSeg',
  'occurredAt',
  'municipalityCode',
  'municipalityIdentityKey',
  'subject.role',
  'subject.name',
  'subject.nameKana',
  'subject.dateOfBirth',
  'subject.dateOfBirthText',
  'subject.sex',
  'subject.address',
  'isNotDisclosed',
  'household',
  'expectedDate',
  'homeReturn',
  'concerns',
  'primaryConcern',
  'consent',
  'referTo',
  'urgency',
  'historyKey',
] as const;
/** Names of the fields, which are those of the columns in a daily file. */
export const eventFields: readonly string[] = fields;

/** The number of the field that a JSON pointer leads into. */
export function fieldNumber(pointer: string): number | undefined {
  const path = pointer.slice(1).replaceAll('/', '.');
  const index = eventFields.findIndex((name) => path === name || path.startsWith(`${name}.`));
  // The whole of the subject is missing.
  if (index === -1 && path === 'subject') return eventFields.indexOf('subject.role') + 1;
  return index === -1 ? undefined : index + 1;
}

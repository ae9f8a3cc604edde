// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';

/**
 * Formats are not checked: zod writes a pattern beside each of its own. Strict mode would refuse words of OpenAPI and
 * AsyncAPI that are none of JSON Schema's.
 */
const options = { strict: false, validateFormats: false, allErrors: true };

/** Judges values by schemas inside a document, found by their JSON pointer; returns what is wrong. */
export function judgeBy(document: object, draft: '7' | '2020-12') {
  const ajv = draft === '7' ? new Ajv(options) : new Ajv2020(options);
  ajv.addSchema(document, 'document');
  return (pointer: string, value: unknown): string[] => {
    const validate = ajv.compile({ $ref: `document#${pointer}` });
    return validate(value) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ''}`);
  };
}

/** Every `$ref` in a document. */
export function referencesIn(document: unknown): string[] {
  return [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
}

/** What a JSON pointer (`#/a/b`) leads to. */
export function at(document: unknown, reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}

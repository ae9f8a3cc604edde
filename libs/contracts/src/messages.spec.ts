// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { exampleOf } from './examples';
import { hubQueueOf, maxPayloadBytes, messages, type MessageType } from './messages';
import { places, replaced, walk } from '../test/json-schema';

const types = Object.keys(messages) as MessageType[];
const accepts = (type: MessageType, value: unknown) => messages[type].safeParse(value).success;

/** Open by intention: a plugin's own settings and the JSON Schema that describes them. */
const records = /\/data\/.*\/(config|configSchema)$/;
const isRecord = (path: readonly (string | number)[]) => path.some((p) => p === 'config' || p === 'configSchema');

describe.each(types)('%s', (type) => {
  const example = exampleOf(type);

  it('comes through JSON as it was', () => {
    expect(messages[type].parse(JSON.parse(JSON.stringify(example)))).toEqual(example);
    expect(Buffer.byteLength(JSON.stringify(example))).toBeLessThan(maxPayloadBytes);
  });

  it('is refused with a key that it does not know, at every depth', () => {
    const objects = [...places(example)].filter((p) => typeof p.value === 'object' && !isRecord(p.path));
    expect(objects.length).toBeGreaterThan(1);
    for (const { path, value } of objects) {
      const stowaway = replaced(example, path, { ...(value as object), memo: 'x' });
      expect([path.join('/'), accepts(type, stowaway)]).toEqual([path.join('/'), false]);
    }
  });

  it.each([
    ['NUL', '\0'],
    ['a control character', '\u0007'],
    ['half a character', '\ud842'],
  ])('is refused with %s in any text', (_, bad) => {
    for (const { path, value } of places(example)) {
      if (typeof value !== 'string') continue;
      expect([path.join('/'), accepts(type, replaced(example, path, `${value}${bad}`))]).toEqual([
        path.join('/'),
        false,
      ]);
    }
  });

  it('is refused under the name of another', () => {
    const other = types.find((t) => t !== type)!;
    expect(accepts(type, { ...example, type: other })).toBe(false);
    expect(accepts(other, example)).toBe(false);
  });

  it('is refused from a source that is neither the hub nor a plugin', () => {
    for (const source of ['', '/', '/plugins/', '/plugins/Kaigo', '/plugins/kaigo/x', 'hub', '/staff'])
      expect(accepts(type, { ...example, source })).toBe(false);
  });

  const schema = z.toJSONSchema(messages[type]);
  const schemas = [...walk(schema)];

  it('has a JSON Schema that is closed at every depth but for the settings of plugins', () => {
    const open = schemas.filter((s) => s.schema['type'] === 'object' && s.schema.additionalProperties !== false);
    const allowed = open.filter((s) => records.test(s.at) || s.at.startsWith('/$defs/'));
    expect(open.map((s) => s.at)).toEqual(allowed.map((s) => s.at));
    expect(schemas.filter((s) => s.schema['properties'] && s.schema['type'] !== 'object' && isSchema(s.at))).toEqual(
      [],
    );
  });

  it('bounds or spells out every text', () => {
    const bounded = ['maxLength', 'const', 'enum', 'format', 'pattern'];
    const loose = schemas.filter((s) => s.schema['type'] === 'string' && !bounded.some((k) => k in s.schema));
    expect(loose.map((s) => s.at).filter((at) => !at.startsWith('/$defs/'))).toEqual([]);
  });

  it('has no field for マイナンバー', () => {
    const names = schemas.flatMap((s) => Object.keys(isSchema(s.at) ? (s.schema.properties ?? {}) : {}));
    expect(names.length).toBeGreaterThan(5);
    expect(
      names.filter((n) =>
        /my.?number|individual.?number|(kojin|personal).?(bango|no$|number)|個人番号|マイナンバー/i.test(n),
      ),
    ).toEqual([]);
  });
});

/** `properties` as a keyword, not as the name of a field. */
const isSchema = (at: string) => !at.endsWith('/properties');

describe('the messages', () => {
  it('of a member refuse a field named like マイナンバー', () => {
    const example = exampleOf('referral.submitted.v1');
    for (const name of ['myNumber', 'kojin_bango', '個人番号', 'マイナンバー', 'individualNumber'])
      expect(
        accepts(
          'referral.submitted.v1',
          replaced(example, ['data', 'items', 0, 'submission', 'subject', name], '123456789018'),
        ),
      ).toBe(false);
  });

  it('are all named with their version, and each from a plugin has a queue of the hub', () => {
    for (const type of types) expect(type).toMatch(/^[a-z]+\.[a-z]+\.v1$/);
    const fromPlugins = types.filter((t) => exampleOf(t).source.startsWith('/plugins/'));
    // What was asked for goes to whoever asked.
    expect(fromPlugins.sort()).toEqual([...Object.keys(hubQueueOf), 'plugin.rehearsed.v1'].sort());
  });

  it('hold settings that PostgreSQL can keep: no NUL in any key or text, however deep', () => {
    const example = exampleOf('plugin.command.v1');
    const at = ['data', 'command', 'config'] as const;
    expect(accepts('plugin.command.v1', replaced(example, at, { list: [{ text: '二行\nの説明' }] }))).toBe(true);
    for (const bad of ['\0', '\ud842']) {
      expect(accepts('plugin.command.v1', replaced(example, at, { list: [{ text: bad }] }))).toBe(false);
      expect(accepts('plugin.command.v1', replaced(example, at, { list: [{ [bad]: 1 }] }))).toBe(false);
      expect(accepts('plugin.command.v1', replaced(example, at, { [bad]: 1 }))).toBe(false);
    }
  });
});

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { exampleOf, examplesOf, messages, submitBody, type MessageType } from '@tsunagi/contracts';
import { schemaFiles } from './schema-files';
import { judgeBy } from '../../test/json-schema';
import { controllersOfHub } from '../reference-files';

describe('the JSON Schemas', () => {
  let files: Record<string, any>;
  beforeAll(async () => (files = JSON.parse(JSON.stringify(schemaFiles(await controllersOfHub())))));

  const judge = (file: string, value: unknown) => judgeBy({ ...files[file], $id: undefined }, '2020-12')('', value);

  it.each(Object.keys(messages) as MessageType[])('take the example of %s, and nothing with a stowaway', (type) => {
    const example = exampleOf(type);
    expect(judge(`${type}.json`, example)).toEqual([]);
    expect(judge(`${type}.json`, { ...example, memo: 'x' })).not.toEqual([]);
  });

  it('take what somebody submits', () => {
    const examples = Object.values(examplesOf(submitBody) ?? {});
    expect(examples.map(({ value }) => judge('http/submit-body.json', value))).toEqual(examples.map(() => []));
  });

  it('are each of their own name, and stand alone', () => {
    const ids = Object.values(files).map((f) => f.$id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const file of Object.values(files)) {
      expect(file.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      for (const [, name = ''] of JSON.stringify(file).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g))
        expect(file.$defs).toHaveProperty([name]);
    }
  });

  it('keep bodies apart that have the same name in two rooms', () => {
    expect(Object.keys(files['http/referrals-withdraw.json'].properties)).toEqual(['reason']);
    expect(Object.keys(files['http/consents-confirm.json'].properties)).toEqual([]);
  });
});

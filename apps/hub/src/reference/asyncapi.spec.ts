// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { exampleOf, messages, type MessageType } from '@tsunagi/contracts';
import { sharedQueues } from '@tsunagi/messaging';
import Ajv from 'ajv';
import { asyncApi } from './asyncapi';
import { version } from './texts';
import { at, judgeBy, referencesIn } from '../../test/json-schema';

const types = Object.keys(messages) as MessageType[];

describe('the AsyncAPI document', () => {
  const document: any = JSON.parse(JSON.stringify(asyncApi(version)));

  it('fits the official schema of AsyncAPI 3.0', () => {
    const official = JSON.parse(readFileSync(require.resolve('@asyncapi/specs/schemas/3.0.0.json'), 'utf8'));
    // The schema brings the meta-schema of draft 7 along; ajv's own would be a second one.
    const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
    const validate = ajv.compile(official);
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...document, channels: [] })).toBe(false);
  });

  it('refers only to what is there', () => {
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => at(document, reference) === undefined)).toEqual([]);
  });

  it.each(types)('has somebody who sends and somebody who receives %s, at the two ends', (type) => {
    const ends = Object.entries<any>(document.operations)
      .filter(([, { messages: of }]) => of?.some((m: { $ref: string }) => m.$ref.endsWith(`/messages/${type}`)))
      .map(([name, { action }]) => [name.split('.')[0], action].join(' '))
      .sort();
    const hubSends = exampleOf(type).source === '/hub';
    expect(ends).toEqual(hubSends ? ['hub send', 'plugin receive'] : ['hub receive', 'plugin send']);
  });

  it.each(types)('has an example of %s that its payload accepts', (type) => {
    const judge = judgeBy(document, '7');
    const { examples } = document.components.messages[type];
    expect(examples).toHaveLength(1);
    const pointer = `/components/messages/${type}/payload`;
    expect(judge(pointer, examples[0].payload)).toEqual([]);
    expect(judge(pointer, { ...examples[0].payload, memo: 'x' })).not.toEqual([]);
  });

  it('has a channel for every queue that the topology declares', () => {
    const addresses = Object.values<any>(document.channels).map((c) => c.address.replace('{plugin}', 'kaigo'));
    expect(addresses).toEqual(expect.arrayContaining(sharedQueues(['kaigo'])));
  });
});

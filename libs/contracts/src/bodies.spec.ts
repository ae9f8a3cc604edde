// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { accountOf, hubSource, pluginAccount, pluginSource } from './cloud-event';
import { exampleOf } from './examples';
import { problem } from './problem';
import { addressee, referralSubmission } from './submission';
import { walk } from '../test/json-schema';

const submission = exampleOf('referral.submitted.v1').data.items[0]!.submission;

describe('a submission over HTTP', () => {
  it('is the same as over the wire, and has a JSON Schema', () => {
    expect(referralSubmission.parse(submission)).toEqual(submission);
    const open = [...walk(z.toJSONSchema(referralSubmission))].filter(
      (s) => s.schema['type'] === 'object' && s.schema.additionalProperties !== false,
    );
    expect(open).toEqual([]);
  });

  it('is refused without the consent-relevant words: kind, purpose, subject', () => {
    for (const word of ['kind', 'purpose', 'subject', 'source', 'urgency', 'others'])
      expect(referralSubmission.safeParse({ ...submission, [word]: undefined }).success).toBe(false);
  });

  it('changes nothing of what it is given: no trimming, no coercion', () => {
    const number = { ...submission, urgency: 1 };
    expect(referralSubmission.safeParse(number).success).toBe(false);
    const spaced = structuredClone(submission);
    spaced.subject.items.identity!.name = ' 見本　花子 ';
    expect(referralSubmission.parse(spaced).subject.items.identity?.name).toBe(' 見本　花子 ');
  });
});

describe('an addressee', () => {
  it('is a function, a domain or つなぎ先不明', () => {
    for (const to of [
      { function: exampleOf('referral.sent.v1').data.deliveryId },
      { domain: 'konkyu', area: 'KITA' },
      'unknown',
    ])
      expect(addressee.safeParse(to).success).toBe(true);
  });

  it('is not two of them, and not nobody', () => {
    for (const to of [{}, '', 'nobody', { domain: 'konkyu', function: exampleOf('referral.sent.v1').data.deliveryId }])
      expect(addressee.safeParse(to).success).toBe(false);
  });
});

describe('a problem', () => {
  it('has a JSON Schema and refuses a key that it does not know', () => {
    const told = {
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      detail: '入力に誤りがあります。',
      code: 'INVALID',
      errors: [{ pointer: '/subject/items', code: 'unrecognized_keys', message: '知らない項目です。' }],
      requestId: 'r-1',
      retryable: false,
    };
    expect(problem.parse(told)).toEqual(told);
    expect(problem.safeParse({ ...told, stack: 'x' }).success).toBe(false);
    expect(z.toJSONSchema(problem)).toMatchObject({ additionalProperties: false });
  });
});

describe('who may speak', () => {
  it('is the broker account of the source', () => {
    expect(accountOf(hubSource)).toBe('hub');
    expect(accountOf(pluginSource('kaigo'))).toBe(pluginAccount('kaigo'));
  });
});

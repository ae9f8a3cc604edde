// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referralResponse } from '@tsunagi/plugin-sdk';
import { deliveryId, referralId } from '../../test/disclosed-referral';
import { anAnswer } from '../../test/response-body';
import { judgeResponse } from './response-body';
import { toResponse } from './to-response';

const faults = (changes: Readonly<Record<string, unknown>>) => {
  const judged = judgeResponse(anAnswer(changes));
  return judged.ok ? [] : judged.errors.map(({ pointer, code }) => [pointer, code]);
};
const response = (body: Record<string, unknown>) => {
  const judged = judgeResponse(body);
  if (!judged.ok) throw new Error(judged.errors[0].code);
  const mapped = toResponse(judged.answer);
  if (!mapped.ok) throw new Error(mapped.code);
  return referralResponse.parse(mapped.value);
};

describe('an answer of the department', () => {
  it('says what was done with which delivery, when and by whom', () => {
    const more = {
      action: 'complete',
      outcomeCode: '011',
      nextContactOn: '2026-12-01',
      message: '通園が\n決まりました。',
      version: 3,
    };
    expect(response(anAnswer(more))).toEqual({
      deliveryId,
      referralId,
      code: '40',
      at: '2026-11-21T09:15:00+09:00',
      worker: '子育て　一',
      outcome: '011',
      nextContactOn: '2026-12-01',
      note: '通園が\n決まりました。',
    });
  });

  it.each([
    ['receive', '10', {}],
    ['accept', '20', {}],
    ['start', '30', {}],
    ['hold', '35', {}],
    ['complete', '40', { outcomeCode: '011' }],
    ['ask', '45', {}],
    ['proposeReturn', '50', { reasonCode: '102' }],
    ['ackCancel', '60', {}],
  ])('%s is %s', (action, code, more) => {
    expect(response(anAnswer({ action, ...more })).code).toBe(code);
  });

  it.each(['103', '104'])('gives the reason %s on, whose meaning is the hub’s', (reasonCode) => {
    expect(response(anAnswer({ action: 'proposeReturn', reasonCode })).reason).toBe(reasonCode);
  });

  it.each([
    ['no responseId', { responseId: undefined }, '/responseId', 'E-REQUIRED'],
    ['no deliveryId', { deliveryId: undefined }, '/deliveryId', 'E-REQUIRED'],
    ['a deliveryId of 25 characters', { deliveryId: '0'.repeat(25) }, '/deliveryId', 'E-ID'],
    ['a deliveryId that is a UUID', { deliveryId }, '/deliveryId', 'E-ID'],
    ['a referralId that is none', { referralId: 'x' }, '/referralId', 'E-ID'],
    ['an unknown action', { action: 'refuse' }, '/action', 'E-CODE'],
    ['an unreal time', { at: '2026-02-30T09:00:00+09:00' }, '/at', 'E-DATE'],
    ['a time without its zone', { at: '2026-11-21T09:15:00' }, '/at', 'E-DATE'],
    ['a name of two lines', { personInCharge: 'a\nb' }, '/personInCharge', 'E-ATTR'],
    ['an unknown reason', { reasonCode: '999' }, '/reasonCode', 'E-CODE'],
    ['a return without a reason', { action: 'proposeReturn' }, '/reasonCode', 'E-REQUIRED'],
    ['an unknown outcome', { outcomeCode: '999' }, '/outcomeCode', 'E-CODE'],
    ['a report without an outcome', { action: 'complete' }, '/outcomeCode', 'E-REQUIRED'],
    ['an unreal next day', { nextContactOn: '2026-02-30' }, '/nextContactOn', 'E-DATE'],
    ['a message of 2,001 characters', { message: 'x'.repeat(2001) }, '/message', 'E-LENGTH'],
    ['a version as text', { version: '3' }, '/version', 'E-ATTR'],
    ['a field of no answer', { colour: 'red' }, '/colour', 'E-UNKNOWN'],
    ['a マイナンバー in the message', { message: '1234-5678-9018' }, '/message', 'S-MYNUMBER'],
    ['a field for one', { kojin_bango: 1 }, '/kojin_bango', 'S-MYNUMBER-FIELD'],
  ])('with %s is refused', (_, changes, pointer, code) => {
    expect(faults(changes)).toEqual([[pointer, code]]);
  });

  it('is, of the sample, one the hub understands', () => {
    const sample = JSON.parse(readFileSync(join(__dirname, '../../samples/response.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(response(sample).code).toBe('20');
  });
});

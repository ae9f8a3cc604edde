// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { reasonOfAnswer, reasonOfEvent, type ReasonOf } from '@tsunagi/plugin-sdk/records';
import { fieldNumber as answerField } from '../answers/answer-layout';
import { type EventFormat, standardFormat } from '../profiles/event-format';

/** エラーコード and 項目番号 of a change record of this format. */
export const reasonsIn = ({ externalNumber }: Pick<EventFormat, 'externalNumber'>): ReasonOf =>
  reasonOfEvent({ externalNumber });
/** The same of the hub's own. */
export const reasonsOfEvents = reasonsIn(standardFormat);
/** The same of an answer. */
export const reasonsOfAnswers = reasonOfAnswer({
  action: answerField('action'),
  deliveryId: answerField('deliveryId'),
});

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { reasonOfAnswer, reasonOfEvent } from '@tsunagi/plugin-sdk/records';
import { fieldNumber as answerField } from '../answers/answer-layout';
import type { EventFormat } from '../profiles/event-format';

/** エラーコード and 項目番号 of a change record. */
export const reasonsIn = ({ externalNumber }: Pick<EventFormat, 'externalNumber'>) => reasonOfEvent({ externalNumber });
/** The same of an answer. */
export const reasonsOfAnswers = reasonOfAnswer({
  action: answerField('action'),
  deliveryId: answerField('deliveryId'),
});

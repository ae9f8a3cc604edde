// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubSource, type CloudEvent, type MessageData, type MessageType } from '@tsunagi/contracts';
import { newId } from './ids';

/** A message of the hub, in its envelope. */
export function hubEvent<T extends MessageType>(
  type: T,
  data: MessageData<T>,
  about: { subject?: string; correlationid?: string; causationid?: string } = {},
): CloudEvent<T, MessageData<T>> {
  return {
    specversion: '1.0',
    id: newId(),
    source: hubSource,
    type,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    ...about,
    data,
  };
}

/** The plugin that speaks; the transport has proved it by its broker account. */
export const pluginOfSource = (source: string) => source.slice('/plugins/'.length);

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import {
  answersQueueOf,
  checkpoint,
  fileNameHash,
  itemId,
  itemOrigin,
  itemSource,
  maxItems,
  quarantinedItems,
  Trial,
  type CloudEvent,
  type ItemAnswer,
  type MessageData,
} from '@tsunagi/contracts';
import { RethrowFilter, type Courier } from '@tsunagi/messaging';
import { z } from 'zod';
import { GuardedIntake } from './guarded-intake.service';
import { Quarantine } from './quarantine.service';
import { Responses } from './responses.service';
import { COURIER, hubEvent, pluginOfSource, sentenceOf } from '../platform';

type ItemShape = { itemId: typeof itemId; origin: z.ZodOptional<typeof itemOrigin> };

/** Items are judged one by one, so here only the frame is parsed; what is inside may be anything. */
const frame = <K extends string>(name: K) =>
  z.strictObject({
    items: z
      .array(
        z.strictObject({ itemId, [name]: z.unknown(), origin: itemOrigin.optional() } as ItemShape &
          Record<K, z.ZodUnknown>),
      )
      .max(maxItems),
    source: itemSource.optional(),
    fileName: fileNameHash.optional(),
    checkpoint: checkpoint.optional(),
  });
const submittedFrame = frame('submission').extend({ trial: Trial.optional() });
const respondedFrame = frame('response');
const acknowledgedFrame = frame('acknowledgement');

/**
 * Items from plugins. Every item is answered after the commit, unless the plugin's intake waits for a person; a lost answer
 * is asked for by sending again.
 */
@Controller()
@UseFilters(RethrowFilter)
export class ItemsConsumer {
  constructor(
    private readonly intake: GuardedIntake,
    private readonly responses: Responses,
    private readonly quarantine: Quarantine,
    @Inject(COURIER) private readonly courier: Courier,
  ) {}

  @EventPattern('referral.submitted.v1')
  async submitted(event: CloudEvent): Promise<void> {
    const plugin = pluginOfSource(event.source);
    const { items, checkpoint: mark, trial, ...place } = submittedFrame.parse(event.data);
    const answers = await this.intake.take(plugin, items, mark, place, trial);
    if (answers === 'tried') {
      const tried = items.map(({ itemId }) => itemId);
      await this.say(plugin, event, { answers: [], tried });
    }
    // What waits for a person gets no answer: its host keeps it, and sends it again.
    else if (answers) await this.answer(plugin, event, answers);
  }

  @EventPattern('referral.response.v1')
  async responded(event: CloudEvent): Promise<void> {
    const plugin = pluginOfSource(event.source);
    const { items, checkpoint: mark, ...place } = respondedFrame.parse(event.data);
    await this.answer(plugin, event, await this.responses.take(plugin, items, mark, place));
  }

  @EventPattern('recall.acknowledged.v1')
  async acknowledged(event: CloudEvent): Promise<void> {
    const plugin = pluginOfSource(event.source);
    const { items, checkpoint: mark, ...place } = acknowledgedFrame.parse(event.data);
    await this.answer(plugin, event, await this.responses.take(plugin, items, mark, place));
  }

  @EventPattern('rows.quarantined.v1')
  async quarantined(event: CloudEvent): Promise<void> {
    const plugin = pluginOfSource(event.source);
    const { items, checkpoint: mark, ...place } = quarantinedItems.parse(event.data);
    await this.answer(plugin, event, await this.quarantine.take(plugin, items, mark, place));
  }

  private async answer(plugin: string, event: CloudEvent, answers: readonly ItemAnswer[]): Promise<void> {
    const said = answers.map(({ itemId, outcome, referralId, codes, pointer }) => ({
      itemId,
      outcome,
      codes,
      ...(referralId !== undefined && { referralId }),
      ...(pointer !== undefined && { pointer }),
      ...(codes[0] !== undefined && { sentence: sentenceOf(codes[0]) }),
    }));
    await this.say(plugin, event, { answers: said });
  }

  private say(plugin: string, event: CloudEvent, said: MessageData<'items.answered.v1'>): Promise<void> {
    return this.courier.publish(answersQueueOf(plugin), hubEvent('items.answered.v1', said, { causationid: event.id }));
  }
}

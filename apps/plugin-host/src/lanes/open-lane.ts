// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { TsunagiServer, type Courier, type MessagingLog } from '@tsunagi/messaging';
import type { Lane } from '@tsunagi/plugin-sdk/host';
import { PluginSession } from '../protocol/plugin-session';

@Module({})
class LaneModule {}

/**
 * Consumes one queue of one plugin as a Nest microservice. One for each queue, because they begin and end apart: commands
 * are always heard, answers while anything waits for one, deliveries only while the plugin is enabled.
 */
export async function openLane(options: {
  readonly queue: string;
  readonly controller: Type;
  readonly session: PluginSession;
  readonly courier: Courier;
  readonly log: MessagingLog;
}): Promise<Lane> {
  const { queue, controller, session, courier, log } = options;
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    {
      module: LaneModule,
      controllers: [controller],
      providers: [{ provide: PluginSession, useValue: session }],
    },
    { strategy: new TsunagiServer({ courier, queues: [{ queue }], log }), logger: false, abortOnError: false },
  );
  await app.listen();
  return { cancel: () => app.close() };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Courier } from '@tsunagi/messaging';
import { DataSource } from 'typeorm';
import { Clock } from './clock';
import { Database } from './database';
import { GuardCounts } from './guard-counts';
import { Log } from './log';
import { PdfPrinter } from './pdf-printer';
import { PlatformController } from './platform.controller';
import { ProblemFilter } from './problem.filter';
import { COURIER, HUB_CONFIG, HUB_KEYS } from './provided';
import { Readiness } from './readiness';
import type { HubKeys } from './keys';
import type { HubConfig } from '../hub.config';

/** What a start has opened and every room may use. */
export interface Opened {
  readonly config: HubConfig;
  readonly keys: HubKeys;
  readonly courier: Courier;
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly log: Log;
}

@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(COURIER) private readonly courier: Courier) {}

  /** Global modules end last: by now no room has anything more to publish. */
  async onApplicationShutdown(): Promise<void> {
    await this.courier.close();
  }

  static for({ config, keys, courier, dataSource, clock, log }: Opened): DynamicModule {
    const shared = [
      { provide: HUB_CONFIG, useValue: config },
      { provide: HUB_KEYS, useValue: keys },
      { provide: COURIER, useValue: courier },
      { provide: Clock, useValue: clock },
      { provide: Log, useValue: log },
      Database,
      Readiness,
      GuardCounts,
      PdfPrinter,
    ];
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSource.options, retryAttempts: 0 }),
          dataSourceFactory: () => Promise.resolve(dataSource),
        }),
      ],
      controllers: [PlatformController],
      providers: [...shared, { provide: APP_FILTER, useClass: ProblemFilter }],
      exports: shared,
    };
  }
}

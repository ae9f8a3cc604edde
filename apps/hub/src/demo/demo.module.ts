// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { DemoClocks } from './demo-clock.service';
import { DemoController } from './demo.controller';

@Module({ controllers: [DemoController], providers: [DemoClocks] })
export class DemoModule {}

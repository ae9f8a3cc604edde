// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { ExportsController } from './exports.controller';
import { Exports } from './exports.service';

@Module({ controllers: [ExportsController], providers: [Exports] })
export class ExportsModule {}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { DoctorController } from './doctor.controller';
import { Doctor } from './doctor.service';
import { PluginsModule } from '../plugins';

/** What a running hub can say of itself. */
@Module({ imports: [PluginsModule], controllers: [DoctorController], providers: [Doctor] })
export class DoctorModule {}

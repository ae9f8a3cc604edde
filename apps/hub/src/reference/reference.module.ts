// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { ReferenceController } from './reference.controller';

@Module({ controllers: [ReferenceController] })
export class ReferenceModule {}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { Sealer } from './sealer.service';

@Module({ providers: [Sealer], exports: [Sealer] })
export class AuditModule {}

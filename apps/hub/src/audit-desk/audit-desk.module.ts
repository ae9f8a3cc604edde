// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { AuditDeskController } from './audit-desk.controller';
import { AuditDesk } from './audit-desk.service';
import { AuditModule } from '../audit';

@Module({ imports: [AuditModule], controllers: [AuditDeskController], providers: [AuditDesk] })
export class AuditDeskModule {}

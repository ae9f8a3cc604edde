// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessController } from './access.controller';
import { AccessGuard } from './access.guard';
import { Callers } from './callers.service';
import { ClientDesk } from './client-desk.service';
import { Clients } from './clients.service';
import { Sessions } from './sessions.service';
import { StaffController } from './staff.controller';
import { StaffDesk } from './staff-desk.service';
import { Tokens } from './tokens';
import { OrganizationsModule } from '../organizations';

/** Closes every route of the hub; `@Describe` opens it. */
@Module({
  imports: [OrganizationsModule],
  controllers: [AccessController, StaffController],
  providers: [Callers, Tokens, Clients, ClientDesk, Sessions, StaffDesk, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [Callers],
})
export class AccessModule {}

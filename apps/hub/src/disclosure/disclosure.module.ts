// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { DisclosureController } from './disclosure.controller';
import { Ledger } from './ledger.service';
import { OrganizationsModule } from '../organizations';

@Module({ imports: [OrganizationsModule], controllers: [DisclosureController], providers: [Ledger], exports: [Ledger] })
export class DisclosureModule {}

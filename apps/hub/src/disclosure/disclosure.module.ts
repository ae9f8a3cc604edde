// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { Ledger } from './ledger.service';
import { OrganizationsModule } from '../organizations';

@Module({ imports: [OrganizationsModule], providers: [Ledger], exports: [Ledger] })
export class DisclosureModule {}

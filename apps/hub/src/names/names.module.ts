// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { RevealRequests } from './reveal-requests.service';
import { RevealsController } from './reveals.controller';
import { Reveals } from './reveals.service';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [ReferralsModule],
  controllers: [RevealsController],
  providers: [Reveals, RevealRequests],
})
export class NamesModule {}

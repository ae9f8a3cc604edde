// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Param } from '@nestjs/common';
import { disclosureLines } from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { Ledger } from './ledger.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('ご本人の id') });

@Controller(api)
export class DisclosureController {
  constructor(private readonly ledger: Ledger) {}

  @Get('persons/:id/disclosures')
  @Describe({
    summary: 'この人の情報を、いつ、誰に、何を根拠に提供したかを見ます。',
    tag: '提供',
    who: 'ledger.read',
    params: byId,
    answers: { 200: disclosureLines },
  })
  async of(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
  ): Promise<z.infer<typeof disclosureLines>> {
    return { items: await this.ledger.of(caller, id) };
  }
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Param, Req } from '@nestjs/common';
import { sheetOpened, type SheetOpened } from '@tsunagi/contracts';
import { line } from '@tsunagi/domain';
import type { Request } from 'express';
import { z } from 'zod';
import { Sheets } from './sheets.service';
import { Caller, Calling } from '../access';
import { api, Describe, NotFoundError, zod } from '../platform';

const byCode = z.strictObject({ code: line(40).describe('紙に記されたコード。小文字やハイフンのままで構いません。') });

@Controller(api)
export class SheetsController {
  constructor(private readonly sheets: Sheets) {}

  @Get('sheets/:code')
  @Describe({
    summary: '届いた紙のコードで、そのつなぎを開きます。はじめて開いたときに到着になります。',
    details:
      '紙(`paper`)と本人持参(`carried_by_person`)で届いたつなぎです。宛先の窓口の人だけが開けます。答えは `POST /referrals/{id}/{action}` で返します。',
    tag: 'つなぎ',
    who: 'referrals.work',
    params: byCode,
    answers: { 200: sheetOpened },
  })
  open(
    @Calling() caller: Caller,
    @Param(zod(byCode)) { code }: z.infer<typeof byCode>,
    @Req() { method }: Request,
  ): Promise<SheetOpened> {
    // HEAD is answered by the same handler, and would have it arrive with nobody reading it.
    if (method === 'HEAD') throw new NotFoundError();
    return this.sheets.open(caller, code);
  }
}

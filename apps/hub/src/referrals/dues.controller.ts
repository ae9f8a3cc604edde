// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { dueList, setDue, type DueList, type SetDue } from '@tsunagi/contracts';
import { Dues } from './dues.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const tag = '機関と窓口';

const setDetails = `日数は、その状態で動くべき窓口(\`standard\` の \`by\`)の開いている日で数えます。窓口の日数が市町村の日数より先、それが標準の日数より先です。もう決まっている期限は変わらず、次の手続きから新しい日数になります。`;

@Controller(`${api}/dues`)
export class DuesController {
  constructor(private readonly dues: Dues) {}

  @Get()
  @Describe({ summary: '期限の日数の一覧', tag, who: 'caller', answers: { 200: dueList } })
  list(): DueList {
    return this.dues.list();
  }

  @Put()
  @HttpCode(200)
  @Describe({
    summary: '期限の日数を、窓口か市町村の独自のものにします。',
    tag,
    who: 'dues.set',
    details: setDetails,
    body: setDue,
    answers: { 200: dueList },
    problems: ['FUNCTION_UNKNOWN'],
  })
  set(@Calling() caller: Caller, @Body(zod(setDue)) body: SetDue): Promise<DueList> {
    return this.dues.set(caller.actor, body);
  }
}

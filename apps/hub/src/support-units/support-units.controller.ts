// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  joinSupportUnit,
  splitSupportUnit,
  supportUnits,
  supportUnitView,
  unitLead,
  unitQuery,
  type JoinSupportUnit,
  type SplitSupportUnit,
  type SupportUnits as Units,
  type SupportUnitView,
  type UnitQuery,
} from '@tsunagi/contracts';
import { id as idSchema, type LeadStep } from '@tsunagi/domain';
import { z } from 'zod';
import { SupportUnits } from './support-units.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('支援単位の id') });
const tag = '支援単位';

const findDetails = `支援単位は、主担当が一緒に支える方々です。初めて尋ねたときに、最初に送られたつなぎの方々でできます。主担当は、そのつなぎの送り手です。
見えるのは、自分の窓口が関わった方と、その関わりでつながる窓口の主担当だけです。`;
const leadDetails = `主担当は、いつも一つの窓口です。
- \`propose\` 主担当の窓口が、ほかの窓口に頼みます。まだ変わりません。頼めるのは、その方々について、つなぎを送った先と、受けた元です。
- \`agree\` 頼まれた窓口が、担当者を書いて引き受けます。ご本人に伝えたこと(\`personInformed\`)か、まだのわけ(\`notInformed\`)が要ります。
- \`cancel\` 頼むのをやめるか、断ります。
- \`by_conference\` 重層的支援会議で決まったことを、多機関協働事業者か調整担当が記録します。その方々についてハブで開かれ、開いた日が記録された会議の id(\`conference\`)が要ります。紙だけで開いた会議は、先にハブに会議として記録します。ない会議、ほかの方の会議、まだ開かれていない会議には、同じ答え(\`CONFERENCE_UNKNOWN\`)を返します。主担当になれるのは、その方々に今も関わっている窓口です。
- \`name_worker\` 主担当の窓口が、担当者を変えます。

主担当になれない窓口の id には、ない窓口と同じ答え(\`FUNCTION_UNKNOWN\`)を返します。`;
const splitDetails = `選んだ方で新しい支援単位ができ、主担当は同じ窓口です。ほかの窓口には、分けたことは見えません。新しい支援単位の方についてつなぎを送ると、その相手の窓口にも見えるようになります。`;

@Controller(`${api}/support-units`)
export class SupportUnitsController {
  constructor(private readonly units: SupportUnits) {}

  @Get()
  @Describe({
    summary: 'ある方の支援単位を見ます。',
    tag,
    who: 'units.work',
    details: findDetails,
    query: unitQuery,
    answers: { 200: supportUnits },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED'],
  })
  of(@Calling() caller: Caller, @Query(zod(unitQuery)) query: UnitQuery): Promise<Units> {
    return this.units.of(caller, query);
  }

  @Get(':id')
  @Describe({
    summary: '支援単位と、つなぎの主担当を見ます。',
    tag,
    who: 'units.lead',
    details: '調整担当には、主担当がいないときだけ、方々の id なしで見えます。',
    params: byId,
    answers: { 200: supportUnitView },
  })
  one(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<SupportUnitView> {
    return this.units.one(caller, id);
  }

  @Post(':id/lead')
  @HttpCode(200)
  @Describe({
    summary: 'つなぎの主担当を引き継ぎます。',
    tag,
    who: 'units.lead',
    details: leadDetails,
    headers: ifMatch,
    params: byId,
    body: unitLead,
    answers: { 200: supportUnitView },
    problems: [
      'LEAD_NOT_YOURS',
      'LEAD_NOT_OFFERED',
      'LEAD_ALREADY',
      'LEAD_DATE_AHEAD',
      'CONFERENCE_NOT_YOURS',
      'CONFERENCE_UNKNOWN',
      'PERSON_NOT_INFORMED',
      'FUNCTION_UNKNOWN',
      'SUBMISSION_REJECTED',
    ],
  })
  lead(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(unitLead)) step: LeadStep,
  ): Promise<SupportUnitView> {
    return this.units.lead(caller, id, versionOf(version), step);
  }

  @Post(':id/split')
  @Describe({
    summary: '支援単位を分けます。',
    tag,
    who: 'units.work',
    details: splitDetails,
    headers: ifMatch,
    params: byId,
    body: splitSupportUnit,
    answers: { 201: supportUnitView },
    problems: ['LEAD_NOT_YOURS', 'UNIT_NOT_DIVISIBLE'],
  })
  split(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(splitSupportUnit)) body: SplitSupportUnit,
  ): Promise<SupportUnitView> {
    return this.units.split(caller, id, versionOf(version), body);
  }

  @Post(':id/join')
  @HttpCode(200)
  @Describe({
    summary: '同じ窓口が主担当の支援単位を、一つに合わせます。',
    tag,
    who: 'units.work',
    details:
      'この支援単位の方は皆、合わせる先に移ります。どちらかを知る窓口には、合わせた先が、自分の関わった方についてだけ見えます。知られてはならない相手がいるときは、合わせないでください。',
    headers: ifMatch,
    params: byId,
    body: joinSupportUnit,
    answers: { 200: supportUnitView },
    problems: ['LEAD_NOT_YOURS', 'LEADS_DIFFER'],
  })
  join(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(joinSupportUnit)) { into }: JoinSupportUnit,
  ): Promise<SupportUnitView> {
    return this.units.join(caller, id, versionOf(version), into);
  }
}

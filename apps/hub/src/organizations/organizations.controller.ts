// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Query } from '@nestjs/common';
import {
  ageRuleList,
  authorityList,
  deskFunctionList,
  listQuery,
  organizationList,
  routeAnswer,
  routeList,
  routeQuery,
  type AgeRuleList,
  type AuthorityList,
  type DeskFunctionView,
  type ListQuery,
  type OrganizationView,
  type Page,
  type RouteAnswer,
  type RouteQuery,
  type RouteView,
} from '@tsunagi/contracts';
import { Directory } from './directory.service';
import { ageRuleViewOf, functionView, organizationViewOf, pageAfter, routeViewOf } from './views';
import { api, Describe, sentenceOf, zod } from '../platform';

const tag = '機関と窓口';
const details = '続きは、答えの `next` を `cursor` に付けて取ります。';

/** Who there is to refer to. Every signed-in caller may know it; it holds no resident. */
@Controller(api)
export class OrganizationsController {
  constructor(private readonly directory: Directory) {}

  @Get('organizations')
  @Describe({
    summary: '機関と窓口の一覧',
    details,
    tag,
    who: 'caller',
    query: listQuery,
    answers: { 200: organizationList },
  })
  organizations(@Query(zod(listQuery)) query: ListQuery): Page<OrganizationView> {
    const items = this.directory.organizations().map((o) => organizationViewOf(this.directory, o));
    return pageAfter(items, query);
  }

  @Get('desk-functions')
  @Describe({
    summary: '窓口の機能の一覧(つなぎの宛先)',
    details,
    tag,
    who: 'caller',
    query: listQuery,
    answers: { 200: deskFunctionList },
  })
  functions(@Query(zod(listQuery)) query: ListQuery): Page<DeskFunctionView> {
    // Which desks are not named of the protected would itself say which one is meant.
    const views = this.directory.all().map((f) => functionView(this.directory, f));
    return pageAfter(
      views.map(({ givesTownAway: _, ...view }) => view),
      query,
    );
  }

  @Get('routes')
  @Describe({
    summary: '分野から宛先を決める表',
    details,
    tag,
    who: 'caller',
    query: listQuery,
    answers: { 200: routeList },
  })
  routes(@Query(zod(listQuery)) query: ListQuery): Page<RouteView> {
    return pageAfter(this.directory.routes().map(routeViewOf), query);
  }

  @Get('authorities')
  @Describe({
    summary: '提供の根拠(法令ごとの行)の一覧',
    details:
      '本番では、確かめた人と日のない行は使えません(`why` は `unchecked`)。ほかの法律が加える根拠は、はじめは切ってあります。',
    tag: '提供',
    who: 'authorities.read',
    answers: { 200: authorityList },
  })
  authorities(): AuthorityList {
    return {
      items: this.directory.judgedAuthorities().map(({ row, why }) => ({
        ...row,
        counts: why === undefined,
        ...(why && { why }),
      })),
    };
  }

  @Get('age-rules')
  @Describe({
    summary: '年齢の定め(だれが同意できるか)の一覧',
    details: '終わったものも、これから使うものもあります。どの定めにもない年齢の方は、おとなと同じに決めます。',
    tag: '同意',
    who: 'authorities.read',
    answers: { 200: ageRuleList },
  })
  ageRules(): AgeRuleList {
    return { items: this.directory.judgedAgeRules().map(({ rule, inForce }) => ageRuleViewOf(rule, { inForce })) };
  }

  @Get('routes/resolve')
  @Describe({
    summary: '分野や窓口の種類が、どの窓口につながるかを確かめる',
    details: 'つながる窓口と、表のどの行がなぜ当てはまるか、当てはまらないかを返します。何も送りません。',
    tag,
    who: 'caller',
    query: routeQuery,
    answers: { 200: routeAnswer },
  })
  resolve(@Query(zod(routeQuery)) query: RouteQuery): RouteAnswer {
    const { domain, area, functionType, kind = 'referral', fromFunction } = query;
    const narrowed = { ...(area !== undefined && { area }), ...(functionType !== undefined && { functionType }) };
    const to = domain === 'unknown' ? domain : { domain, ...narrowed };
    const judged = this.directory.explainRoute({ to, from: fromFunction, kind });
    const found = judged[0]?.because === undefined ? judged[0]?.route.function : undefined;
    return {
      ...(found !== undefined && { function: found }),
      sentence: sentenceOf(found === undefined ? 'NO_ROUTE' : 'ROUTE_FITS'),
      routes: judged.map(({ route, because }) => ({
        route: routeViewOf(route),
        ...(because && { because }),
        sentence: sentenceOf(because ?? 'ROUTE_FITS'),
      })),
    };
  }
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get } from '@nestjs/common';
import {
  deskFunctionList,
  organizationList,
  routeList,
  type DeskFunctionView,
  type OrganizationView,
  type RouteView,
} from '@tsunagi/contracts';
import { Directory } from './directory.service';
import type { DeskFunction, Route } from './organization.entities';
import { api, Describe } from '../platform';

const tag = '機関と窓口';

/** Who there is to refer to. Every signed-in caller may know it; it holds no resident. */
@Controller(api)
export class OrganizationsController {
  constructor(private readonly directory: Directory) {}

  @Get('organizations')
  @Describe({ summary: '機関と窓口の一覧', tag, who: 'caller', answers: { 200: organizationList } })
  organizations(): { items: OrganizationView[] } {
    return {
      items: this.directory.organizations().map(({ id, name, bodyKind }) => ({
        id,
        name,
        bodyKind,
        desks: this.directory
          .desks()
          .filter((d) => d.organization === id)
          .map((d) => ({ id: d.id, name: d.name })),
      })),
    };
  }

  @Get('desk-functions')
  @Describe({ summary: '窓口の機能の一覧(つなぎの宛先)', tag, who: 'caller', answers: { 200: deskFunctionList } })
  functions(): { items: DeskFunctionView[] } {
    return { items: this.directory.all().map((f) => this.view(f)) };
  }

  @Get('routes')
  @Describe({ summary: '分野から宛先を決める表', tag, who: 'caller', answers: { 200: routeList } })
  routes(): { items: RouteView[] } {
    return { items: this.directory.routes().map(routeToView) };
  }

  private view(f: DeskFunction): DeskFunctionView {
    const desk = this.directory.desks().find((d) => d.id === f.desk);
    const organization = this.directory.organizations().find((o) => o.id === desk?.organization);
    return {
      id: f.id,
      code: f.code,
      name: f.name,
      organization: { id: organization?.id ?? '', name: organization?.name ?? '' },
      desk: { id: f.desk, name: desk?.name ?? '' },
      domain: f.domain,
      functionType: f.functionType,
      bodyKind: f.bodyKind,
      purposes: f.purposes,
      channel: f.channel,
      validFrom: f.validFrom,
      inForce: this.directory.inForce(f.id),
      ...(f.validTo !== null && { validTo: f.validTo }),
    };
  }
}

const routeToView = (r: Route): RouteView => ({
  id: r.id,
  priority: r.priority,
  domain: r.domain,
  function: r.function,
  ...(r.fromFunction !== null && { fromFunction: r.fromFunction }),
  ...(r.area !== null && { area: r.area }),
  ...(r.kind !== null && { kind: r.kind }),
});

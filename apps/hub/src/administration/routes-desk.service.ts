// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { ChangeRoute, NewRoute, RouteView } from '@tsunagi/contracts';
import { MasterData } from './master-data';
import type { Caller } from '../access';
import { Directory, ReferenceUnknownError, routeViewOf } from '../organizations';
import { changeAt, newId, NotFoundError } from '../platform';

/** 宛先の表: which function a domain, an area, a type or 「つなぎ先不明」 leads to. */
@Injectable()
export class RoutesDesk {
  constructor(
    private readonly data: MasterData,
    private readonly directory: Directory,
  ) {}

  async add(caller: Caller, route: NewRoute): Promise<RouteView> {
    this.mustBeThere(route.function, '/function');
    this.mustBeThere(route.fromFunction, '/fromFunction');
    const id = newId();
    await this.data.write(caller, async (tx, note) => {
      tx.insert('route', [
        {
          id,
          priority: route.priority,
          from_function: route.fromFunction ?? null,
          domain: route.domain,
          area: route.area ?? null,
          function_type: route.functionType ?? null,
          kind: route.kind ?? null,
          function: route.function,
          valid_from: route.validFrom ?? this.data.today(),
          valid_to: route.validTo ?? null,
        },
      ]);
      await tx.flush();
      note('route.created', 'route', id, { ...route });
    });
    return this.view(id);
  }

  async change(caller: Caller, id: string, version: number, to: ChangeRoute): Promise<RouteView> {
    this.mustBeThere(to.function, '/function');
    this.data.mustNotRewrite(this.directory.routes().find((r) => r.id === id)?.validTo, to.validTo);
    await this.data.write(caller, async (tx, note) => {
      await changeAt(tx, 'route', id, version, {
        priority: to.priority,
        function: to.function,
        valid_to: to.validTo,
      });
      note('route.changed', 'route', id, { ...to });
    });
    return this.view(id);
  }

  private mustBeThere(desk: string | undefined, pointer: string): void {
    if (desk !== undefined && !this.directory.find(desk)) throw new ReferenceUnknownError(pointer);
  }

  private view(id: string): RouteView {
    const found = this.directory.routes().find((r) => r.id === id);
    if (!found) throw new NotFoundError();
    return routeViewOf(found);
  }
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import type { ModulesContainer } from '@nestjs/core';
import { descriptionOf, type Description } from '../platform';

/** One route as Nest will serve it. */
export interface RouteOfApp {
  readonly method: string;
  /** OpenAPI's way: `/api/v1/plugins/{id}`. */
  readonly path: string;
  /** `PluginsController.enable` */
  readonly handler: string;
  readonly description: Description | undefined;
}

/** Every controller of the application, in a fixed order. */
export function controllersOf(modules: ModulesContainer): Type[] {
  const all = [...modules.values()].flatMap((m) => [...m.controllers.values()].map((c) => c.metatype as Type));
  return [...new Set(all)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every HTTP route of these controllers, described or not. */
export function routesOf(controllers: readonly Type[]): RouteOfApp[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function') return [];
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const description = descriptionOf(handler);
      return pathsOf(controller).flatMap((base) =>
        pathsOf(handler).map((rest) => ({
          method: RequestMethod[method].toLowerCase(),
          path: joined(base, rest),
          handler: `${controller.name}.${name}`,
          description,
        })),
      );
    });
  });
}

function pathsOf(of: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, of) as string | string[] | undefined;
  return Array.isArray(path) ? path : [path ?? ''];
}

const joined = (...parts: string[]) =>
  `/${parts.join('/').split('/').filter(Boolean).join('/')}`.replace(/:([A-Za-z]+)/g, '{$1}');

/** A route that stands for several paths as those paths: each with its own words and body. */
export function pathsOfRoute(route: RouteOfApp): RouteOfApp[] {
  const { description } = route;
  if (!description?.each) return [route];
  const { each, ...shared } = description;
  return Object.entries(each.paths).map(([value, own]) => ({
    ...route,
    path: route.path.replace(`{${each.parameter}}`, value),
    handler: `${route.handler.split('.')[0] ?? ''}.${camel(value)}`,
    description: { ...shared, ...own },
  }));
}

const camel = (text: string) => text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

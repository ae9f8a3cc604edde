// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { NextFunction, Request, Response } from 'express';
import { newId } from './ids';

const slot = Symbol('request id');
const actingSlot = Symbol('acting function');
type WithId = Request & { [slot]?: string; [actingSlot]?: string | undefined };
/** What a caller may name its request; anything else is replaced, because it ends in logs. */
const acceptable = /^[A-Za-z0-9._:-]{8,100}$/;

export function giveRequestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && acceptable.test(given) ? given : newId();
  (request as WithId)[slot] = id;
  response.setHeader('X-Request-ID', id);
  next();
}

export const requestIdOf = (request: Request): string => (request as WithId)[slot] ?? newId();

/** For which function a request is made, so that what is logged of it says so. */
export function noteActing(request: Request, functionId: string | undefined): void {
  (request as WithId)[actingSlot] = functionId;
}

export const actingIn = (request: Request): string | undefined => (request as WithId)[actingSlot];

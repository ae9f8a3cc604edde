// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { line } from '@tsunagi/domain';
import { z } from 'zod';
import { pluginIdParams } from './plugins';

/** What a running hub looks at. */
export const LookedInto = z.enum([
  'hub',
  'database',
  'migrations',
  'broker',
  'clock',
  'keys',
  'data',
  'disk',
  'legal',
  'plugin',
]);
export type LookedInto = z.infer<typeof LookedInto>;

/** One thing that a running hub has looked at. No secret and no path: settings go by their names. */
export const doctorFinding = z.strictObject({
  what: LookedInto,
  plugin: pluginIdParams.shape.id.optional(),
  name: line(80),
  level: z.enum(['ok', 'warning', 'failure']),
  sentence: line(400),
  remedy: line(600).optional(),
});
export type DoctorFinding = z.infer<typeof doctorFinding>;

/** GET /doctor */
export const doctorView = z.strictObject({ findings: z.array(doctorFinding) });
export type DoctorView = z.infer<typeof doctorView>;

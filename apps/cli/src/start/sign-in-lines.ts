// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { demoAccessPath, type DemoAccess } from '../http/access';
import { table, type Terminal } from '../terminal/terminal';
import { fill, startTexts } from '../texts';

/** Who most people want to be first: both desks of the first path, who oversees, and IT. */
const shownFirst = ['caseworker.kaigo', 'caseworker.konkyu', 'supervisor.konkyu', 'coordinator', 'it_admin'];

/** Names and passwords on a screen; in a pipe or a log only where they are. */
export function signInLines({ isScreen }: Pick<Terminal, 'isScreen'>, access: DemoAccess, dataDir: string): string[] {
  const path = demoAccessPath(dataDir);
  if (!isScreen) return [fill(startTexts.secretsElsewhere, { path })];
  const rows = shownFirst.flatMap((wanted) =>
    access.staff.filter(({ name }) => name === wanted).map(({ name, password }) => [name, password]),
  );
  return [startTexts.signIn, ...table(rows).map((line) => `  ${line}`), `  ${fill(startTexts.more, { path })}`];
}

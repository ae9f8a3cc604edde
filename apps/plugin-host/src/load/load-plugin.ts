// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';

/** What became of loading one package. */
export interface LoadedPackage {
  /** As `TSUNAGI_PLUGINS` names it. */
  readonly name: string;
  /** The package's default export, whatever it is. */
  readonly exported?: unknown;
  /** Set when the package threw while it was loaded. */
  readonly failure?: string | undefined;
}

export type LoadPackage = (packageName: string) => unknown;

/** Loads `@tsunagi/plugin-<name>`; one that throws spoils nobody else's start. */
export function loadPlugin(name: string, load: LoadPackage): LoadedPackage {
  try {
    const loaded = load(`@tsunagi/plugin-${name}`);
    const exported = typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded;
    return { name, exported };
  } catch (error) {
    return { name, failure: errorCode(error, 'LOAD_FAILED') };
  }
}

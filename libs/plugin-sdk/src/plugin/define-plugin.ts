// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubSettingNames, type CheckFinding } from '@tsunagi/contracts';
import type { DataCategory, Domain } from '@tsunagi/domain';
import type { z } from 'zod';
import type { FileCheck } from '../files/file-check';
import type { Door } from '../http/door';
import type { Journal } from '../journal/journal';
import type { Clock } from '../surroundings/clock';
import type { Log } from '../surroundings/log';
import type { Secrets } from '../surroundings/secrets';
import { bindSource, type BoundSource } from './bind-source';
import type { Connection } from './connection';
import { BadConfigError, ReservedSettingError } from './plugin.errors';
import type { Sink } from './sink';

/** What a plugin is given when it is connected to its legacy system. */
export interface ConnectContext<Config> {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly journal: Journal;
  /** Ids and codes only. */
  readonly log: Log;
  readonly clock: Clock;
  /**
   * Files are tried and nothing else: of the connection only `dryRun` of its sources is called and the mappings. There are no
   * secrets of the site, and nothing of the legacy system need be opened.
   * @default false
   */
  readonly filesOnly?: boolean | undefined;
}

export interface PluginDefinition<Schema extends z.ZodType, Event, Answer> {
  /** Small letters, digits and hyphen, such as `kaigo`; the package is `@tsunagi/plugin-<id>`. */
  readonly id: string;
  readonly domain: Domain;
  /** As people read it, in Japanese. */
  readonly title: string;
  readonly version: string;
  /** Versions of this SDK the plugin works with, such as `^0.1.0`. */
  readonly sdk: string;
  /** Settings, described in Japanese; secrets only as {@link secretRef}. The name `intake` is the hub's own. */
  readonly config: Schema;
  /** Files of the plugin's package for the conformance kit. */
  readonly samples: readonly string[];
  /**
   * Data categories for which the recipient's layout has no place; named in receipts and shown to the sender.
   * @default none
   */
  readonly notCarried?: readonly DataCategory[] | undefined;
  /**
   * Does its legacy system call by HTTP? The host then opens its listener.
   * @default false
   */
  readonly listens?: boolean | undefined;
  /**
   * The legacy folder beside which the journal lies (`<folder>/.tsunagi`).
   * @default a folder of the host: `<state folder>/<plugin id>`
   */
  readonly journalFolder?: ((config: z.output<Schema>) => string) | undefined;
  /**
   * Says what is wrong with a file that a legacy system means to bring (`tsunagi check-file`), without a hub and, where
   * none are given, without settings. Pure; takes any bytes without throwing.
   * @default the plugin reads no files
   */
  readonly checkFile?:
    | ((bytes: Uint8Array, name: string, config: z.output<Schema> | undefined) => FileCheck)
    | undefined;
  /**
   * Can files be tried though it reads none at work? Its sources have a `dryRun`, such as for rows taken out of a view.
   * @default what has `checkFile` reads files, and they can be tried
   */
  readonly triesFiles?: boolean | undefined;
  readonly connect: (context: ConnectContext<z.output<Schema>>) => Promise<Connection<Event, Answer>>;
}

/** The surroundings in which a plugin is connected. */
export type Surroundings = Omit<ConnectContext<never>, 'config'>;

/** A connected plugin as the runtime sees it: what its sources give is already mapped. */
export interface ConnectedPlugin {
  readonly sources: readonly BoundSource[];
  readonly sink: Sink;
  readonly door: Door | undefined;
  check(): Promise<readonly CheckFinding[]>;
  close(): Promise<void>;
}

/** A plugin as the runtime sees it. */
export interface Plugin {
  readonly id: string;
  readonly domain: Domain;
  readonly title: string;
  readonly version: string;
  readonly sdk: string;
  readonly config: z.ZodType;
  readonly samples: readonly string[];
  readonly notCarried: readonly DataCategory[];
  readonly listens: boolean;
  /**
   * Folder beside which the journal lies; undefined: one of the host's.
   * @throws BadConfigError
   */
  journalFolder(settings: unknown): string | undefined;
  /**
   * What is wrong with a file of the legacy system; absent: the plugin reads no files.
   * @throws BadConfigError
   */
  readonly checkFile?: ((bytes: Uint8Array, name: string, settings?: unknown) => FileCheck) | undefined;
  readonly triesFiles?: boolean | undefined;
  /** @throws BadConfigError, or whatever the plugin's `connect` throws */
  connect(settings: unknown, surroundings: Surroundings): Promise<ConnectedPlugin>;
}

/**
 * Declares a plugin: its package's default export.
 * @throws ReservedSettingError
 */
export function definePlugin<Schema extends z.ZodType, Event = never, Answer = never>(
  definition: PluginDefinition<Schema, Event, Answer>,
): Plugin {
  const { config } = definition;
  const reserved = 'shape' in config && hubSettingNames.find((name) => Object.hasOwn(config.shape as object, name));
  if (reserved) throw new ReservedSettingError(reserved);
  const parse = (settings: unknown) => parseConfig(config, settings);
  const { checkFile } = definition;
  return {
    [pluginMark]: true,
    id: definition.id,
    domain: definition.domain,
    title: definition.title,
    version: definition.version,
    sdk: definition.sdk,
    config,
    samples: definition.samples,
    notCarried: definition.notCarried ?? [],
    listens: definition.listens ?? false,
    journalFolder: (settings) => definition.journalFolder?.(parse(settings)),
    triesFiles: definition.triesFiles ?? false,
    ...(checkFile && {
      checkFile: (bytes, name, settings) =>
        checkFile(bytes, name, settings === undefined ? undefined : parse(settings)),
    }),
    connect: async (settings, surroundings) => {
      const connection = await definition.connect({ ...surroundings, config: parse(settings) });
      return {
        sources: connection.sources.map((source) => bindSource(definition.id, source, connection, surroundings.log)),
        sink: connection.sink,
        door: connection.door,
        check: () => connection.check(),
        close: async () => connection.close?.(),
      };
    },
  } as Plugin & { [pluginMark]: true };
}

/** Survives two copies of the SDK in one process, unlike `instanceof`. */
const pluginMark = Symbol.for('tsunagi.plugin');

/** Can a file be tried with it? */
export const canTryFiles = ({ checkFile, triesFiles }: Pick<Plugin, 'checkFile' | 'triesFiles'>): boolean =>
  checkFile !== undefined || triesFiles === true;

/** Was this made by {@link definePlugin}? */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && pluginMark in value;
}

function parseConfig<Schema extends z.ZodType>(schema: Schema, settings: unknown): z.output<Schema> {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new BadConfigError(
    parsed.error.issues
      .flatMap((issue) => insideUnions(issue))
      .map(({ path, code, message }) => ({
        pointer: `/${path.map(String).join('/')}`,
        code,
        ...(code === 'custom' && { hint: message }),
      })),
  );
}

type Place = Pick<z.core.$ZodIssue, 'path' | 'code' | 'message'>;

/** Where one of several forms is wrong: of the form that was meant, as far as it can be told by its type. */
function insideUnions(issue: z.core.$ZodIssue, before: Place['path'] = []): Place[] {
  const path = [...before, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ ...issue, path }];
  const [meant, ...others] = issue.errors.filter(
    (branch) => !branch.some((one) => one.path.length === 0 && ['invalid_type', 'invalid_value'].includes(one.code)),
  );
  if (meant === undefined || others.length > 0) return [{ ...issue, path }];
  return meant.flatMap((inner) => insideUnions(inner, path));
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What a host needs to run plugins. Plugins import `@tsunagi/plugin-sdk` and never this. */
export {
  answersQueueOf,
  deliveriesQueueOf,
  fileDryRunLimits,
  hostQueueOf,
  hubSource,
  maxPayloadBytes,
  maxRehearsedParts,
  messages,
  pluginAccount,
  repliesQueueOf,
  type Checkpoint,
  type CheckFinding,
  type CloudEvent,
  type ControlCount,
  type MessageData,
  type PluginCommand,
  type PluginHello,
  type PluginRehearsed,
  type PluginResult,
  type RehearsedRow,
} from '@tsunagi/contracts';
export type { BoundSource, Outlet } from './plugin/bind-source';
export type { OutgoingItem } from './plugin/outgoing-item';
export type { Door } from './http/door';
export { doorsListener, openListener, type DoorOf, type Listener, type ListenerLimits } from './http/listener';
export { HubLine, type CourierPort } from './runner/courier-port';
export {
  AnswerUnreadableError,
  PluginRunner,
  type Lane,
  type LaneName,
  type PluginRunnerOptions,
} from './runner/plugin-runner';
export { runnerLimits, type RunnerLimits } from './runner/runner-limits';
export { satisfiesRange } from './plugin/sdk-range';

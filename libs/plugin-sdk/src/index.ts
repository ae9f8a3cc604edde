// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export * from './vocabulary';
export type { Connection } from './plugin/connection';
export type { DayCount } from './plugin/day-count';
export { sdkVersion } from './version';
export { canTryFiles, definePlugin, isPlugin } from './plugin/define-plugin';
export type { ConnectContext, ConnectedPlugin, Plugin, PluginDefinition, Surroundings } from './plugin/define-plugin';
export type { Mapping, RowFault, SubmissionDraft, SubmissionOrigin } from './plugin/mapping';
export { BadConfigError, IntakeStoppedError, ReservedSettingError } from './plugin/plugin.errors';
export type {
  Intake,
  Tryable,
  NotReleased,
  Origin,
  PassReport,
  Reading,
  Release,
  SettledItem,
  Source,
  SourceItem,
  WaitingRow,
} from './plugin/source';
export type {
  Delivery,
  DeliveryClaim,
  DeliveryKind,
  DeliveryOf,
  Rendering,
  Sink,
  WriteFault,
  WriteOutcome,
} from './plugin/sink';
export { Journal } from './journal/journal';
export { JournalDamagedError } from './journal/journal-lines';
export { fileCheck, findingPlace, type FileCheck, type FileFinding, type FindingSeverity } from './files/file-check';
export { folderSource, type FolderSourceOptions, type ReleasedRow } from './files/folder-source';
export type { FileReading, FileResult, FileRow } from './files/file-reading';
export type { InputFile, ResultRow } from './files/result-row';
export { envelopeFileSink, type EnvelopeFileSinkOptions } from './files/envelope-file-sink';
export { outgoingFile, type OutgoingFile, type OutgoingFileLayout, type OutgoingFileName } from './files/outgoing-file';
export { checkLegacyFolders } from './files/legacy-folder';
export { canonicalJson } from './plugin/canonical-json';
export { formVersionFinding } from './plugin/form-version';
export {
  sqlName,
  type CountedRows,
  type LegacyDatabase,
  type LegacyView,
  type Mark,
  type MarkedRows,
  type PagePlace,
  type SqlRow,
  type SqlValue,
  type TableRow,
} from './sql/legacy-database';
export { sqlViewSource, type AnsweredRow, type ExportedRows, type SqlViewSourceOptions } from './sql/sql-view-source';
export { insertOnlyTableSink, type InsertOnlyTableSinkOptions } from './sql/insert-only-table-sink';
export { systemClock, type Clock } from './surroundings/clock';
export { silentLog, type Log, type LogFields } from './surroundings/log';
export { errorCode } from './surroundings/error-code';
export { SecretMissingError, secretRef, secretsIn, type SecretRef, type Secrets } from './surroundings/secrets';
export { uuidV7 } from './surroundings/uuid-v7';

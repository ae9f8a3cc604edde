// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { handOverKaigoFile } from './kaigo/hand-over';
export { kaiRow, type KaiIntent, type KaiRow } from './kaigo/kai-row';
export type { FileOutcome } from './files/read-outcome';
export type { WrittenFile } from './files/write-file';
export {
  asVariant,
  fileVariants,
  type FileVariant,
  type KaigoVariant,
  rowVariants,
  type RowVariant,
} from './kaigo/variants';
export { type KaigoFileOptions, writeKaigoFile } from './kaigo/write-kaigo-file';
export { type CasePlan, demoScript } from './caseworkers/case-plans';
export type { PlayedStep } from './caseworkers/played-step';
export {
  asConsultationVariant,
  consultationVariants,
  type ConsultationVariant,
  type SpoiledConsultation,
} from './konkyu/consultation-variants';
export { KonkyuPlayer, type KonkyuStep, type PlayerOptions } from './konkyu/player';
export { openPluginAccount } from './konkyu/plugin-account';
export type { KonkyuOutcome } from './konkyu/read-outcome';
export { createKonkyuSchema } from './konkyu/schema';
export { type ConsultationsOptions, writeConsultations } from './konkyu/write-consultations';
export { type ChildEvent, childEvent, type EventIntent } from './kosodate/child-event';
export { dailyCsv, writeDailyFile } from './kosodate/daily-file';
export { KosodateDepartment, type DepartmentOptions } from './kosodate/department';
export type { DepartmentMemory } from './kosodate/memory';
export type { KosodateAccess, KosodateOutcome } from './kosodate/office';
export { eventVariants, type EventVariant, spoilEvent } from './kosodate/event-variants';
export { KosodatePlayer, type KosodatePlayerOptions } from './kosodate/player';
export { inventResident, type Resident } from './residents/resident';
export { SeededRandom } from './residents/seeded-random';
export { shgRow, type ShgIntent, type ShgRow } from './shogai/shg-row';
export {
  asShogaiVariant,
  shogaiFileVariants,
  type ShogaiFileVariant,
  type ShogaiVariant,
  shogaiRowVariants,
  type ShogaiRowVariant,
} from './shogai/variants';
export { handOverShogaiFile, type ShogaiFileOptions, writeShogaiFile } from './shogai/write-shogai-file';
export { type Sandbox, type SandboxConfig, type SandboxOutcome, type SandboxStep, startSandbox } from './start-sandbox';

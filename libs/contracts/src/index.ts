// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export * from './codes/code-text';
export * from './codes/intake-codes';
export * from './codes/interface-codes';
export * from './codes/life-names';
export * from './codes/names';
export * from './codes/record-codes';
export * from './cloud-event';
export * from './deliveries';
export * from './disclosed-referral';
export { exampleOf } from './examples';
export * from './intake-settings';
export * from './items';
export * from './messages';
export * from './plugin-control';
export * from './problem';
export * from './submission';
export * from './http/authorities';
export * from './http/clock';
export * from './http/applications';
export * from './http/consent-forms';
export * from './http/consents';
export * from './http/dues';
export * from './http/events';
export * from './http/persons';
export * from './http/protection';
export * from './http/referrals';
export * from './http/access';
export { examplesOf, withExamples, type Example, type Examples } from './http/examples';
export * from './http/grounds';
export * from './http/health';
export * from './http/organizations';
export * from './http/plugins';
export * from './http/recommendations';
export * from './http/reports';
export * from './http/support-units';
export * from './http/staff';

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export * from './calendar/business-calendar';
export * from './calendar/function-calendar';
export * from './codes/addressee.schema';
export * from './codes/text.schema';
export * from './codes/vocabulary';
export * from './consent/assert-consent';
export * from './consent/consent.schema';
export * from './cut-over/flood';
export * from './cut-over/intake-gate';
export * from './cut-over/missed-file';
export * from './disclosure/decide';
export * from './disclosure/decide-feedback';
export * from './disclosure/decision';
export * from './disclosure/effective-consents';
export * from './disclosure/party';
export * from './errors/domain.error';
export * from './member/data-category';
export * from './member/member.schema';
export * from './member/redact';
export * from './referral/due';
export * from './referral/follow-ups';
export { holdDays, isPhoneMissing } from './referral/guards';
export * from './referral/ping-pong';
export * from './referral/plan-answer';
export * from './referral/told-state';
export * from './referral/referral.actions';
export * from './referral/referral.errors';
export * from './referral/referral.states';
export * from './referral/referral.todos';
export * from './referral/referral.transitions';
export * from './referral/refused-code';
export * from './referral/take-step';

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '..';

export const frame: Texts['frame'] = {
  skip: 'Skip to the content',
  menu: 'Menu',
  signIn: 'Sign in',
  signInTo: 'Sign in to Tsunagi Hub',
  signInName: 'Sign-in name',
  password: 'Password',
  signOut: 'Sign out',
  signedInAs: (name) => name,
  sessionEnded: 'Your session has ended',
  sessionEndedHint: (name) => `Sign in again as ${name} to go on where you were. What you typed is kept.`,
  actingFor: 'Acting for',
  allDesks: 'All desks of mine',
  legalDemo: 'Trial: nobody has checked the legal bases yet',
  line: {
    opening: 'Connecting',
    live: 'Up to date',
    stale: 'Updates have stopped. What you see may be old',
  },
  firstPassword: 'Change your first password',
  firstPasswordHint: 'Until then nothing else can be done.',
  currentPassword: 'Current password',
  newPassword: 'New password',
  newPasswordAgain: 'New password, again',
  passwordsDiffer: 'The two new passwords are not the same.',
  changePassword: 'Change the password',
  secrecy: 'Secrecy',
  secrecyHint: (desk) =>
    `As staff of the contractor of ${desk}, acknowledge the duty of secrecy for your organization. Until then nothing is shown.`,
  secrecyConfirm: 'Acknowledge for the organization',
  keys: 'Keys',
  keysOn: 'Use single keys',
  keysOff: 'Do not use single keys',
  settings: 'Display settings',
  language: '言語 / Language',
  printedBy: (who, when) => `Printed by ${who}, ${when}`,
  groups: {
    work: 'Referrals',
    people: 'People',
    watch: 'Overview',
    machines: 'Systems',
    records: 'Records',
  },
  pages: {
    inbox: 'Inbox',
    queue: 'Referrals',
    referral: 'Referral',
    settings: 'Display settings',
  },
};

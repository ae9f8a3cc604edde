// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '..';

export const common: Texts['common'] = {
  product: 'Tsunagi Hub',
  loading: 'Loading',
  again: 'Load again',
  empty: 'None',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  back: 'Back',
  next: 'Next',
  more: 'Show more',
  yes: 'Yes',
  no: 'No',
  required: 'required',
  choose: 'Choose',
  add: 'Add',
  remove: 'Remove',
  sending: 'Sending',
  print: 'Print',
  failed: 'Could not be loaded',
  notDone: 'Could not be done',
  done: 'Done',
  unreachable: 'The hub cannot be reached',
  unreachableHint: 'Check the network and try again. What you typed is kept.',
  unexpected: 'This page could not be shown',
  unexpectedHint: 'If it happens again after loading anew, tell IT.',
  requestId: (id) => `Request ${id}`,
  notFound: 'There is no such page',
  notFoundHint: 'Check the address, or choose from the menu.',
  notForYou: 'Your role does not use this page',
  notForYouHint: 'Choose from the menu.',
  countOf: (n, more) => (more ? `${n.toLocaleString('en')} or more` : n.toLocaleString('en')),
  days: (n) => `${n} days`,
};

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferenceRules, type Conference } from '@tsunagi/domain';

const onItsLaw = (source: string) =>
  `この会議(${source})で知ったことを、正当な理由なく漏らしません。会議を離れた後も、職を退いた後も同じです。会議の外では使いません。`;
const onConsent =
  'この会議で知ったことは、ご本人が同意した範囲でだけ使い、ほかに漏らしません。会議を離れた後も同じです。';

/** What its members acknowledge, as it is shown and as it is kept with each of them. */
export const secrecyOf = ({ kind }: Pick<Conference, 'kind'>): string => {
  const { persons, source } = conferenceRules[kind];
  return persons === 'without_consent' ? onItsLaw(source) : onConsent;
};

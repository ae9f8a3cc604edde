// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferenceRules, kindsFor, type Conference, type ConferenceActor } from '@tsunagi/domain';

const onItsLaw = (source: string) =>
  `この会議(${source})で知ったことを、正当な理由なく漏らしません。会議を離れた後も、職を退いた後も同じです。会議の外では使いません。`;
const onConsent =
  'この会議で知ったことは、ご本人が同意した範囲でだけ使い、ほかに漏らしません。会議を離れた後も同じです。';

/** What this member acknowledges, of each part to which they were called, as it is shown and as it is kept with them. */
export const secrecyOf = (conference: Conference, actor: ConferenceActor): string =>
  [
    ...new Set(
      kindsFor(conference, actor).map((kind) => {
        const { persons, source } = conferenceRules[kind];
        return persons === 'without_consent' ? onItsLaw(source) : onConsent;
      }),
    ),
  ].join('');

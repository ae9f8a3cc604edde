// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { kar, uketsuke, type Layout } from './layouts';
import type { Direction, Toward } from './random-referrals';
import { deskOf, type DeskOf, type People } from '../journeys/people';
import type { Api } from '../../test/sign-in';

/** One of the two departments as it refers to the other. */
export interface Way {
  readonly sender: Api;
  readonly recipient: Api;
  readonly from: DeskOf;
  readonly to: DeskOf;
  /** A desk, and an organization, that nothing goes to. */
  readonly elsewhere: DeskOf;
  /** As a consent names the recipient. */
  readonly named: Readonly<Record<Toward, object>>;
  /** Of the recipient's system: its name, and how its record reads. */
  readonly system: string;
  readonly layout: Layout;
}

export async function waysBetween({ kaigo, konkyu, it_ }: People): Promise<Record<Direction, Way>> {
  const [care, office, elsewhere] = await Promise.all([
    deskOf(it_, '9970100005'),
    deskOf(it_, '9900000041'),
    deskOf(it_, '9930000012'),
  ]);
  const between = (from: DeskOf, to: DeskOf, domain: string, functionType: string) => ({
    from,
    to,
    elsewhere,
    named: {
      domain: { domain },
      function: { function: to.id },
      type: { functionType },
      elsewhere: { function: elsewhere.id },
    },
    system: domain,
  });
  return {
    'konkyu to kaigo': {
      sender: konkyu,
      recipient: kaigo,
      ...between(office, care, 'kaigo', 'community_care_center'),
      layout: kar,
    },
    'kaigo to konkyu': {
      sender: kaigo,
      recipient: konkyu,
      ...between(care, office, 'konkyu', 'self_reliance_support'),
      layout: uketsuke,
    },
  };
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ApproverPost } from './authority-row';
import { desksFor, isEntrusted, may, mayForAll, type Viewer } from '../access/policy';
import type { BodyKind } from '../codes/vocabulary';

/** Whose disclosure it is that somebody decides on. */
export interface SendingDesk {
  readonly function: string;
  readonly bodyKind: BodyKind;
}

/**
 * Does this viewer hold the post that decides, by 専決? What the municipality's own bodies or its contractors disclose is
 * never decided by anybody of a contractor (DOMAIN §8); a private body has a 管理者 of its own (個人情報保護法27条1項).
 */
export function holdsPost(viewer: Viewer, post: ApproverPost, sender: SendingDesk): boolean {
  if (post.role === 'supervisor') {
    const desk = post.function ?? sender.function;
    const isOwnDesk = sender.bodyKind === 'private' && desk === sender.function;
    return holdsAt(viewer, post.role, desk) && (isOwnDesk || !isEntrusted(viewer));
  }
  // 承認者 is held for the whole municipality.
  return mayForAll(viewer, 'disclosures.ratify');
}

/**
 * May they be told that it is not theirs to decide, because they hold a post where this is known? What a private sender decides
 * by itself is not known to the municipality.
 */
export const isNearPost = (viewer: Viewer, { function: desk, bodyKind }: SendingDesk): boolean =>
  (bodyKind !== 'private' && may(viewer, 'disclosures.ratify')) || desksFor(viewer, 'grounds.decide').includes(desk);

/** Belongs to this desk, speaks for it just now, and holds the role there. */
const holdsAt = (viewer: Viewer, role: ApproverPost['role'], desk: string): boolean =>
  desksFor(viewer, 'grounds.decide').includes(desk) &&
  viewer.holdings.some((h) => h.role === role && (h.function === desk || h.function === undefined));

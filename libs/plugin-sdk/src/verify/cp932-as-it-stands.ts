// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932, gaijiCode } from '@tsunagi/legacy';

/** Text as a legacy system holds it in CP932, with its 外字 (U+E000–U+E757) as the two bytes they are there. */
export function cp932AsItStands(text: string): Buffer {
  const bytes = [...text].map((char) =>
    /[\ue000-\ue757]/u.test(char) ? Buffer.from(gaijiCode(char), 'hex') : encodeCp932(char, 'kit'),
  );
  return Buffer.concat(bytes);
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { CodeText } from './code-text';

/** Why nothing more is taken from a plugin until a person has looked at it. */
export const PauseReason = z.enum(['FIRST_FILE', 'FLOOD_FILE', 'FLOOD_HOUR', 'FLOOD_VIEW']);
export type PauseReason = z.infer<typeof PauseReason>;

const look =
  '件数を見て、正しければ理由を添えて受付を続けてください。誤りならプラグインを止め、元のデータか設定を直してください。';

export const pauseTexts: Readonly<Record<PauseReason, CodeText>> = {
  FIRST_FILE: { says: '初めてのファイルを予行だけして、受け付けずに待っています。', remedy: look },
  FLOOD_FILE: {
    says: '一つのファイルから、決めた数より多くの新しいつなぎができるところなので、受け付けずに待っています。',
    remedy: look,
  },
  FLOOD_HOUR: {
    says: '一時間のうちに、決めた数より多くの新しいつなぎができるところなので、受け付けずに待っています。',
    remedy: look,
  },
  FLOOD_VIEW: {
    says: '業務システムのビューに、決めた数より多くの新しい行が一度に現れたので、続きを読まずに待っています。',
    remedy:
      '業務システムの側で、まとめて書き換えたものかを確かめ、よければ理由を添えて続きを読んでください。誤りならプラグインを止め、元のデータを直してください。',
  },
};

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What a code says to people, without a personal datum. */
export interface CodeText {
  /** One plain sentence. */
  readonly says: string;
  /** What to do now. Absent where the sentence itself asks for it, or where nothing has to be done. */
  readonly remedy?: string;
}

/** The remedy in words for whoever looks a code up, where its absence would leave them asking. */
export function toldRemedy({ says, remedy }: { readonly says: string; readonly remedy?: string | undefined }): string {
  return remedy ?? (says.endsWith('ください。') ? '意味の文のとおりです。' : '何もしなくてよいです。');
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What Windows writes where other systems use a look-alike that CP932 does not know. */
const WINDOWS_FORMS: Record<string, string> = {
  '〜': '～',
  '−': '－',
  '‖': '∥',
  '—': '―',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
};

export function withWindowsForms(text: string): string {
  return text.replace(/[〜−‖—¢£¬]/g, (char) => WINDOWS_FORMS[char]!);
}

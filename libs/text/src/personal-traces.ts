// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What in a text points at somebody. */
export type PersonalTrace = 'name' | 'address' | 'telephone' | 'mail' | 'number' | 'birth_date';

/** 「母さん」「相談者さん」 name nobody: kin, roles and whole groups, by the end of the word. */
const nobodyInParticular =
  /(?:父|母|兄|姉|弟|妹|祖|孫|嫁|婿|息子|娘|夫|妻|奥|旦那|主人|叔|伯|子|者|方|員|人|生|師|士|皆|客|職|長|親|族|何|誰|若|外|各|神|王|同|模|仕|有|貴)$/u;

/** A family name of one or more kanji or katakana, and an honorific behind it. */
const honorific = /(?<word>[\p{Script=Han}々ヶ]+|[\p{Script=Katakana}ー]{2,})(?:さん|様|氏|くん|君|ちゃん|殿)/gu;
/** 見本 花子: two short words of kanji with a space between, as names are written. */
const spacedKanji =
  /(?<![\p{Script=Han}々])[\p{Script=Han}々ヶ]{1,4}[ \t][\p{Script=Han}々]{1,4}(?![\p{Script=Han}々])/u;
/** ミホン ハナコ. */
const spacedKana =
  /(?<![\p{Script=Katakana}ー])[\p{Script=Katakana}ー]{2,8}[ \t][\p{Script=Katakana}ー]{2,8}(?![\p{Script=Katakana}ー])/u;

const digit = '[0-9〇一二三四五六七八九十百]';
const address = new RegExp(
  `${digit}+\\s*丁目|${digit}+\\s*番地|[0-9]+\\s*番\\s*[0-9]+\\s*号|[0-9]+号室|〒|(?<![0-9-])[0-9]{3}-[0-9]{4}(?![0-9])|(?:都|道|府|県)[^\\s、。]{1,8}(?:市|区|郡)[^\\s、。]{1,8}(?:町|村|字)`,
  'u',
);
const telephone = /(?<![0-9])0[0-9]{1,4}[-(). ]?[0-9]{1,4}[-(). ]?[0-9]{3,4}(?![0-9])/u;
const mail = /[\w.+-]+@[\w-]+\.[\w.-]+/u;
/** 被保険者番号, 受給者証番号, 宛名番号 and the like. */
const longNumber = /[0-9](?:[- ]?[0-9]){6,}/u;
const birthDate =
  /(?:明治|大正|昭和|平成)\s*(?:元|[0-9]{1,2})年\s*[0-9]{1,2}月\s*[0-9]{1,2}日|(?:18|19)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}|生年月日/u;

/**
 * The first thing in a text that points at somebody; `undefined` when nothing does that can be told by its form. It finds
 * what is written as names, addresses and numbers usually are, and cannot know every name: people still read before they
 * send.
 */
export function personalTraceIn(text: string): PersonalTrace | undefined {
  const plain = text.normalize('NFKC').replace(/[\p{Pd}−⁃]/gu, '-');
  if (mail.test(plain)) return 'mail';
  if (birthDate.test(plain)) return 'birth_date';
  if (address.test(plain)) return 'address';
  if (telephone.test(plain)) return 'telephone';
  if (longNumber.test(plain)) return 'number';
  return isNamed(plain) ? 'name' : undefined;
}

function isNamed(text: string): boolean {
  if (spacedKanji.test(text) || spacedKana.test(text)) return true;
  return [...text.matchAll(honorific)].some((m) => !nobodyInParticular.test(m.groups?.['word'] ?? ''));
}

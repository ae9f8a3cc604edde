// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ArrivedItem } from '../../testing/hub-double';
import type { Bench } from '../bench';
import type { Check } from '../check';
import { aDelivery } from '../deliveries';
import type { KitPerson } from '../kit';
import { aPerson } from '../people';
import { holdsText, since, writtenIn } from '../written';
import { faultOf, submissionOf } from './intake';

/** U+E000, CP932 F040: a character that only one municipality knows. */
const gaiji = '\ue000';
/** A number with a right check digit, as somebody may type it. */
const myNumber = '１２３４５６７８９０１８';

/** What becomes of one person's record; the plugin is new each time. */
async function arrivalOf(bench: Bench, ...people: KitPerson[]): Promise<readonly ArrivedItem[]> {
  return (await bench.stage()).bring(bench.input(...people));
}

const identityIn = (item: ArrivedItem) => submissionOf(item)?.subject.items.identity;
const warningsIn = (item: ArrivedItem) => submissionOf(item)?.source.warnings ?? [];

export const gaijiKept: Check = {
  name: 'gaiji',
  sentence: '知らない外字は別の字や「?」にせず、印を付けるか、その行を待たせる。',
  remedy: '外字は decodeCp932 の gaiji か resolveGaiji で見つけ、W-GAIJI を warnings に付けてください。',
  run: async (bench) => {
    const items = await arrivalOf(bench, aPerson(1, { name: `見本　${gaiji}子` }));
    if (items.length !== 1) return [`1 件のはずが ${items.length} 件届きました`];
    return items.flatMap((item) => {
      if (faultOf(item)) return [];
      const name = identityIn(item)?.name ?? '';
      return [
        ...(warningsIn(item).length === 0 ? ['外字のある氏名が、印（warnings）なしで届きました'] : []),
        ...(/[?？\ufffd]/.test(name) ? ['氏名の外字が「?」になっています'] : []),
      ];
    });
  },
};

/** CP932 of Windows writes ～ and － where others write 〜 and −: the same signs. */
const folded = (text: string) => text.replace(/～/g, '〜').replace(/－/g, '−');

export const charactersKept: Check = {
  name: 'characters',
  sentence: '髙・﨑・𠮷 や 〜・− を、届くときも渡すときも、黙って別の字にしない。',
  remedy:
    '文字コードの変換は decodeCp932・encodeCp932・encodableOrNull で行い、書けない項目は空にして notCarried に入れてください。',
  run: async (bench) => [...(await comingIn(bench)), ...(await goingOut(bench))],
};

async function comingIn(bench: Bench): Promise<string[]> {
  const person = aPerson(1, { name: '髙﨑　春子', note: '１０〜１２時に、−５度。' });
  const [item, ...more] = await arrivalOf(bench, person);
  if (item === undefined || more.length > 0) return ['届いた記録が 1 件ではありません'];
  const fault = faultOf(item);
  if (fault) return [`髙・﨑・〜・− のある行が ${fault.code} で待っています`];
  return [
    ...(identityIn(item)?.name === person.name ? [] : ['氏名の 髙・﨑 がそのまま届きません']),
    ...(folded(JSON.stringify(item.body)).includes(person.note) ? [] : ['連絡文の 〜・− がそのまま届きません']),
  ];
}

async function goingOut(bench: Bench): Promise<string[]> {
  const questionMarks = async (name: string) => {
    const stage = await bench.stage();
    const items = { identity: { name, kana: 'ミホン ヨシコ' } };
    const receipt = await stage.deliver(aDelivery(bench, { items, mask: '100000000000000000000000' }));
    const things = since(new Map(), await writtenIn(stage));
    const marks = things.flatMap((bytes) => [...bytes]).filter((byte) => byte === 0x3f).length;
    return { receipt, things, marks };
  };
  const plain = await questionMarks('見本　吉子');
  const { receipt, things, marks } = await questionMarks('髙﨑　𠮷子');
  if (receipt?.outcome === 'failed')
    return receipt.retryable ? [`𠮷 のあるつなぎが何度も送り直されます（${receipt.code}）`] : [];
  const left = receipt?.notCarried?.includes('identity') === true;
  return [
    ...(marks > plain.marks || holdsText(things, '\ufffd') ? ['書けない字が「?」になっています'] : []),
    ...(left || holdsText(things, '髙﨑　𠮷子')
      ? []
      : ['𠮷 のある氏名を書いていないのに、notCarried に identity がありません']),
  ];
}

/** First and last days of eras from 大正 on, one in the middle, and a 29 February that there was. */
const birthDates = [
  '1912-07-30',
  '1926-12-24',
  '1926-12-25',
  '1940-01-05',
  '1989-01-07',
  '1989-01-08',
  '2019-04-30',
  '2019-05-01',
  '2024-02-29',
];
/** 明治45年7月29日: not every system has a code for 明治 (any more), but none may make another day of it. */
const lastOfMeiji = '1912-07-29';
/** By the calendars of 昭和, 平成 and 令和; a computer is fond of making 1 March and 1 May of them. */
const impossible = ['1985-02-29', '1991-04-31', '2023-02-29'];

export const datesTrue: Check = {
  name: 'dates',
  sentence: '和暦の日付は正しい西暦の日付で届き、不詳の日付や暦にない日付から日付を作らない。',
  remedy:
    '和暦は parseEraDigits・parseGyymmdd に業務システムの元号表を渡して読み、不詳は birthDateText にするか待たせ、暦にない日は待たせてください。',
  run: async (bench) => {
    const people = birthDates.map((birthDate, index) => aPerson(index + 1, { birthDate }));
    const known = await arrivalOf(bench, ...people);
    const found = new Set(known.map((item) => identityIn(item)?.birthDate));
    const [unknown] = await arrivalOf(bench, aPerson(1, { birthDate: undefined }));
    const made = async (birthDate: string, allowed: readonly string[]) =>
      (await arrivalOf(bench, aPerson(1, { birthDate })))
        .flatMap((item) => identityIn(item)?.birthDate ?? [])
        .filter((day) => !allowed.includes(day)).length > 0;
    const faults: string[] = [];
    if (await made(lastOfMeiji, [lastOfMeiji])) faults.push(`${lastOfMeiji}（明治）生まれの行が、別の日付で届きます`);
    for (const day of impossible)
      if (await made(day, [])) faults.push(`暦にない ${day} から、生年月日が作られています`);
    return [
      ...faults,
      ...birthDates.filter((day) => !found.has(day)).map((day) => `${day} 生まれの行が、その日付で届きません`),
      ...(unknown === undefined ? ['生年月日が不詳の行が届きません'] : []),
      ...(unknown && identityIn(unknown)?.birthDate !== undefined ? ['不詳の生年月日から日付が作られています'] : []),
    ];
  },
};

export const sameNamesApart: Check = {
  name: 'same-names',
  sentence: '同姓同名・同じ生年月日の二人を、届くときも渡すときも、一人にしない。',
  remedy: 'source.key は業務システムの番号から作り、渡す記録は配送ID（deliveryId）で区別してください。',
  run: async (bench) => {
    const items = await arrivalOf(bench, aPerson(1), aPerson(2));
    const keys = new Set(items.flatMap((item) => submissionOf(item)?.source.key ?? []));
    const stage = await bench.stage();
    const faults = keys.size === 2 ? [] : [`二人の記録が ${keys.size} 件の source.key で届きました`];
    for (const nth of ['一人目', '二人目']) {
      const before = await writtenIn(stage);
      const receipt = await stage.deliver(aDelivery(bench));
      if (receipt?.outcome !== 'delivered' || since(before, await writtenIn(stage)).length === 0)
        faults.push(`${nth}のつなぎが書かれていません（${receipt?.code ?? receipt?.outcome ?? 'NO_RECEIPT'}）`);
    }
    return faults;
  },
};

export const sealedHidden: Check = {
  name: 'sealed',
  sentence: '秘匿の方の、渡されていない住所や電話を、前の記録からも推測からも書かない。',
  remedy: '書く値は、そのつなぎの subject.items にあるものだけにしてください。前の記録の値を覚えておかないでください。',
  run: async (bench) => {
    const stage = await bench.stage();
    const address = '見本県見本市秘匿町三丁目３番３号';
    const telephone = '099-333-3333';
    const identity = { name: '見本　冬子', kana: 'ミホン フユコ', birthDate: '1950-04-01' };
    const open = aDelivery(bench, { items: { identity, contact: { address, telephone } } });
    await stage.deliver(open);
    const before = await writtenIn(stage);
    const { referral } = aDelivery(bench, { items: { identity } });
    const sealed = { ...referral, subject: { ...referral.subject, sealed: true as const } };
    const delivery = { kind: 'referral' as const, deliveryId: sealed.deliveryId, claim: bench.id(), referral: sealed };
    const receipt = await stage.deliver(delivery);
    const things = since(before, await writtenIn(stage));
    const digits = telephone.replaceAll('-', '');
    const leaked = [address, telephone, digits].some((text) => holdsText(things, text));
    const settled = receipt && (receipt.outcome !== 'failed' || receipt.retryable !== true);
    return [
      ...(leaked ? ['渡されていない住所か電話が書かれています'] : []),
      ...(settled ? [] : [`秘匿の方のつなぎが片付きません（${receipt?.code ?? 'NO_RECEIPT'}）`]),
    ];
  },
};

export const myNumberStopped: Check = {
  name: 'my-number',
  sentence: 'マイナンバーらしい番号のある行は S-MYNUMBER で待たせ、番号をどこにも出さない。',
  remedy: '自由文の項目を findMyNumber（judgeFields では typed）で調べてください。',
  run: async (bench) => {
    const person = aPerson(1, { note: `番号は${myNumber}です。` });
    const items = await arrivalOf(bench, person, aPerson(2));
    const codes = items.flatMap((item) => faultOf(item)?.code ?? []);
    const told = JSON.stringify(items)
      .normalize('NFKC')
      .replace(/[^0-9]/g, ' ');
    return [
      ...(codes.includes('S-MYNUMBER') ? [] : ['番号のある行が S-MYNUMBER で待っていません']),
      ...(told.includes(myNumber.normalize('NFKC')) ? ['番号がハブに届いています'] : []),
      ...(items.some((item) => submissionOf(item)) ? [] : ['番号のない隣の行まで止まっています']),
    ];
  },
};

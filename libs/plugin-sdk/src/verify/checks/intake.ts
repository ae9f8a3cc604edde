// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '../../surroundings/error-code';
import type { ArrivedItem } from '../../testing/hub-double';
import type { Bench } from '../bench';
import type { Check } from '../check';
import { junk, mutated, seeded } from '../junk';
import type { KitFile } from '../kit';
import { aPerson } from '../people';
import type { Stage } from '../stage';
import { aStatus } from '../deliveries';
import { since, writtenIn } from '../written';

/** The runtime's own codes for a plugin that threw, or that made what the hub would refuse. */
const netCodes = new Set(['E-READ', 'E-MAPPING']);

/** Code of a record that waits in its own department. */
export const faultOf = ({ body }: Pick<ArrivedItem, 'body'>) => ('row' in body ? body.row : undefined);
export const submissionOf = ({ body }: Pick<ArrivedItem, 'body'>) =>
  'submission' in body ? body.submission : undefined;

const caughtByTheNet = (items: readonly Pick<ArrivedItem, 'body'>[], where: string) =>
  items.flatMap((item) => {
    const fault = faultOf(item);
    return fault && netCodes.has(fault.code) ? [`${where} ${fault.row}行目：${fault.code}`] : [];
  });

export const samplesRoundTrip: Check = {
  name: 'samples',
  sentence: '見本のファイルは最後まで読まれてハブに届き、その後の状態が元の業務システムに返る。',
  remedy: '見本が今の書式で読めるか、source.echo から元の記録を探して状態を書けるかを確かめてください。',
  run: async (bench) => {
    if (bench.samples.length === 0) return ['samples に見本がありません。'];
    const faults: string[] = [];
    for (const sample of bench.samples) {
      const stage = await bench.stage();
      const items = await stage.bring(sample);
      faults.push(...caughtByTheNet(items, sample.name));
      if (!items.some((item) => !faultOf(item))) faults.push(`${sample.name}：ハブに届いた記録がありません`);
      const code = stage.running.runner.code;
      if (code !== undefined) faults.push(`${sample.name}：取り込みが止まっています（${code}）`);
      faults.push(...(await answered(bench, stage, items, sample)));
    }
    return faults;
  },
};

/** What became of each record finds its way back to it. */
async function answered(
  bench: Bench,
  stage: Stage,
  items: readonly ArrivedItem[],
  { name }: KitFile,
): Promise<string[]> {
  const faults: string[] = [];
  for (const submission of items.flatMap((item) => submissionOf(item) ?? [])) {
    const before = await writtenIn(stage);
    const receipt = await stage.deliver(aStatus(bench, submission.source.echo));
    const row = `${name} ${submission.source.row ?? '?'}行目`;
    if (receipt?.outcome !== 'delivered') faults.push(`${row}：状態が返りません（${receipt?.code ?? 'NO_RECEIPT'}）`);
    else if (since(before, await writtenIn(stage)).length === 0) faults.push(`${row}：状態がどこにも書かれていません`);
  }
  return faults;
}

export const mappingIdempotent: Check = {
  name: 'mapping',
  sentence: '同じ記録は、いつ、何度読んでも、同じ内容でハブに届く。',
  remedy: '変換（toSubmission・toResponse）を純粋な関数にしてください。時計、乱数、連番を使わないでください。',
  run: async (bench) => {
    const faults: string[] = [];
    for (const file of inputsOf(bench)) {
      const [first, second] = [await bench.stage(), await bench.stage()];
      const [once, again] = [await first.bring(file), await second.bring(file)];
      faults.push(...differences(bench, file, once, again));
      const [dry, dryAgain] = [await second.dryRun(file), await second.dryRun(file)];
      if (dry && dryAgain) faults.push(...differences(bench, file, dry, dryAgain));
    }
    return [...new Set(faults)];
  },
};

type Comparable = Pick<ArrivedItem, 'itemId' | 'type' | 'body'>;

/** Whoever was refused at the door may come again once the hub knows better: the hub knows such a record by key and content. */
function isCall({ plugin }: Bench, item: Comparable): boolean {
  const source = submissionOf(item)?.source;
  return plugin.listens && source?.file === undefined && source?.contentHash !== undefined;
}

/** What a record is known by: its name. One that was brought by a call bears the name of the call. */
function nameOf(bench: Bench, item: Comparable): string {
  const source = submissionOf(item)?.source;
  return source && isCall(bench, item) ? `${source.key} ${source.contentHash}` : item.itemId;
}

function differences(
  bench: Bench,
  { name }: KitFile,
  once: readonly Comparable[],
  again: readonly Comparable[],
): string[] {
  const known = new Map(once.map((item) => [nameOf(bench, item), textOf(bench, item)]));
  const faults = again.flatMap((item, index) => {
    const text = known.get(nameOf(bench, item));
    if (text === undefined) return [`${name} ${index + 1}件目：二度目は別の名前で届きました`];
    return text === textOf(bench, item) ? [] : [`${name} ${index + 1}件目：二度目は別の内容で届きました`];
  });
  return known.size === new Set(again.map((item) => nameOf(bench, item))).size
    ? faults
    : [...faults, `${name}：二度目は件数が違いました`];
}

/** What it says. A call is numbered by the moment at which it comes: that is no part of it. */
function textOf(bench: Bench, item: Comparable): string {
  const { type, body } = item;
  const isOfMoment = (name: string) => name === 'fileSerial' && isCall(bench, item);
  return JSON.stringify({ type, body }, (name, value: unknown) => (isOfMoment(name) ? undefined : value));
}

const inputsOf = (bench: Bench) => [...bench.samples, bench.input(aPerson(1), aPerson(2, { name: '見本　夏子' }))];

export const duplicateOnce: Check = {
  name: 'duplicate',
  sentence: '同じ入力が二度来ても、再起動のあとに来ても、新しい記録にならない。',
  remedy: '記録の名前（itemId）を、ファイルの中身や記録の番号と内容だけから作ってください。',
  run: async (bench) => {
    const faults: string[] = [];
    for (const file of inputsOf(bench)) {
      const stage = await bench.stage();
      const known = new Set((await stage.bring(file)).map((item) => nameOf(bench, item)));
      const isNew = (item: ArrivedItem) => !known.has(nameOf(bench, item));
      if ((await stage.bring(file)).some(isNew)) faults.push(`${file.name}：二度目に新しい記録が届きました`);
      await stage.restart();
      if ((await stage.bring(file)).some(isNew)) faults.push(`${file.name}：再起動のあと新しい記録が届きました`);
    }
    return faults;
  },
};

/** Of each kind, from each input: the same ones in every run. */
const tries = 150;
/** Of a plugin that reads no files each has to be brought, and takes its time. */
const triesBrought = 15;

export const anyBytes: Check = {
  name: 'any-bytes',
  sentence: 'どんなバイト列が来ても落ちず、決められたコードで断るか、その行だけを待たせる。',
  remedy: '読み取り（read・checkFile）は例外を投げず、{ ok: false, code } か quarantined を返してください。',
  run: async (bench) => {
    const stage = await bench.stage();
    const random = seeded(1);
    const faults: string[] = [];
    for (const sample of inputsOf(bench)) {
      const most = (await stage.dryRun(sample)) === undefined ? triesBrought : tries;
      for (let n = 1; n <= most && faults.length < 10; n += 1) {
        for (const bytes of [junk(random), mutated(sample.bytes, random)]) {
          const fault = await faultWith(bench, stage, { name: sample.name, bytes });
          if (fault !== undefined) faults.push(`${sample.name} をもとにした ${n} 番目の入力：${fault}`);
        }
      }
      for (let n = 1; n <= 3; n += 1) {
        const items = await stage.bring({ name: sample.name, bytes: mutated(sample.bytes, random) });
        faults.push(...caughtByTheNet(items, `${sample.name} をもとにした ${n} 番目の入力を取り込み、`));
      }
    }
    const { code } = stage.running.runner;
    return code === undefined ? faults : [...faults, `取り込みが止まっています（${code}）`];
  },
};

async function faultWith({ plugin }: Bench, stage: Stage, file: KitFile): Promise<string | undefined> {
  try {
    plugin.checkFile?.(file.bytes, file.name);
    const items = (await stage.dryRun(file)) ?? (await broughtAsJunk(stage, file.bytes));
    return caughtByTheNet(items, '')[0]?.trim();
  } catch (error) {
    return `例外（${errorCode(error, error instanceof Error ? error.name : 'UNKNOWN')}）`;
  }
}

async function broughtAsJunk(stage: Stage, bytes: Uint8Array): Promise<readonly ArrivedItem[]> {
  const { office } = stage;
  if (!office.bringJunk) throw Object.assign(new Error(), { code: 'NO_WAY_TO_TRY' });
  return stage.afterwards(async () => office.bringJunk?.(bytes, stage.running));
}

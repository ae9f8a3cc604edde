// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  authorityNumbers,
  authorityTexts,
  domainDigits,
  itemOutcomeNames,
  kindNames,
  kindNumbers,
  namesOfEnum,
  outcomeCodeTexts,
  pauseTexts,
  connectionCodes,
  deliveryCodes,
  recordCodes,
  responseTexts,
  resultCodes,
  resultTexts,
  returnReasonTexts,
  statusTexts,
  toldRemedy,
  type CodeText,
  type NamedCodeText,
  type RecordCodeText,
  type RecordEffect,
} from '@tsunagi/contracts';
import { AuthorityCode, Domain, OutcomeCode, ResponseCode, ReturnReason, StatusCode } from '@tsunagi/domain';
import {
  catalogue,
  denyTexts,
  fieldCatalogue,
  fieldHints,
  holdTexts,
  itemTexts,
  masterDataTexts,
  outcomeTexts,
  revealTexts,
  routeTexts,
  startRefusals,
  stepTexts,
  todoTexts,
  type Entry,
} from '../platform';
import type { CodeGroup } from './code-group';
import { kindGroup } from './kind-groups';

const said = (text: Parameters<typeof toldRemedy>[0]) => [text.says, toldRemedy(text)];
const plain = ['コード', '意味', '直し方'];
const named = ['コード', '名前', '意味', 'すること・添えるもの'];
const rowsOf = (texts: Readonly<Record<string, CodeText>>) =>
  Object.entries(texts).map(([code, text]) => [code, ...said(text)]);
const namedRowsOf = (texts: Readonly<Record<string, NamedCodeText>>) =>
  Object.entries(texts)
    // Object keys that look like numbers come first: the order of the table is that of the codes.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, text]) => [code, text.name, ...said(text)]);

const effects: Readonly<Record<RecordEffect, string>> = {
  file_refused: 'ファイル拒否(91)',
  row_waits: '保留(90)',
  request_refused: '要求を断る(HTTP)',
  flagged: '受け付けて印を付ける',
  not_written: '書き込まない',
};

const releaseWord = ({ release }: RecordCodeText) =>
  release ? (release.override ?? 'いまの設定で読み直します。') : '';

function recordGroup(): CodeGroup {
  const rows = Object.entries<RecordCodeText>(recordCodes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, text]) => [code, effects[text.effect], ...said(text), releaseWord(text)]);
  return {
    id: 'records',
    title: '記録のコード(E-、W-、S-)',
    english: 'codes of records',
    appears:
      '結果ファイルのエラーコード、保留の一覧、`items.answered.v1` と HTTP の `codes` / `errors[].code`。E- は誤り、W- は受け付けたが確かめてほしいもの、S- は秘密に関わるもの。値は出ない。',
    columns: ['コード', '扱い', '意味', '直し方', '人の判断での読み直し'],
    rows,
  };
}

function problemGroups(): CodeGroup[] {
  const entries = Object.entries<Entry>(catalogue);
  const row = ([code, { status, title, detail, hint, retryable }]: [string, Entry]) => [
    code,
    String(status),
    title,
    ...said({ says: detail, remedy: hint }),
    retryable ? 'はい' : '',
  ];
  const isStep = ([code]: [string, Entry]) => Object.hasOwn(stepTexts, code);
  return [
    {
      id: 'problems',
      title: '問題コード(HTTP)',
      english: 'problem codes of the HTTP API',
      appears:
        'HTTP のエラー(`application/problem+json`)の `code`。「再送」は、同じ要求を後でそのまま送り直すと通るかもしれないもの(`retryable`)。',
      columns: ['コード', 'HTTP', '題', '意味', '直し方', '再送'],
      rows: entries.filter((entry) => !isStep(entry)).map(row),
    },
    {
      id: 'steps',
      title: '手続きを断る理由',
      english: 'why a step is refused',
      appears:
        '`POST /referrals/{id}/…` のエラーの `code`、`GET /referrals/{id}/actions` の `because`、`items.answered.v1` の `codes`。',
      columns: ['コード', 'HTTP', '意味', '直し方'],
      rows: entries
        .filter(isStep)
        .map(([code, { status, detail, hint }]) => [code, String(status), ...said({ says: detail, remedy: hint })]),
    },
    {
      id: 'fields',
      title: '項目の誤り',
      english: 'faults of a field',
      appears: '問題 `INVALID` の `errors[].code`。`pointer` が場所、`hint` が直し方。',
      columns: ['コード', '意味', '直し方'],
      rows: Object.entries(fieldCatalogue).map(([code, says]) => [
        code,
        says,
        fieldHints[code as keyof typeof fieldCatalogue],
      ]),
    },
  ];
}

const vocabularyTables: ReadonlySet<unknown> = new Set([
  AuthorityCode,
  ReturnReason,
  OutcomeCode,
  ResponseCode,
  StatusCode,
]);

/** Words of the API that have no sentence of their own: the code and what it is called. */
function vocabulary(): CodeGroup[] {
  const tables = [...namesOfEnum].filter(([schema]) => !vocabularyTables.has(schema));
  return [
    {
      id: 'vocabulary',
      title: '言葉のコード',
      english: 'vocabulary of the API',
      appears: 'HTTP とメッセージの、選んで書く項目の値。',
      columns: ['項目', 'コードと名前'],
      rows: tables.map(([, { title, names }]) => [
        title,
        Object.entries(names)
          .map(([code, name]) => `\`${code}\` ${name}`)
          .join('、'),
      ]),
    },
  ];
}

/** Every code that somebody outside meets, out of the tables that the programs work with. */
export function codeGroups(): CodeGroup[] {
  return [
    recordGroup(),
    {
      id: 'results',
      title: '結果(ファイルの行)',
      english: 'result of a row',
      appears: '結果ファイル(例 KAE)の「結果」。',
      columns: named,
      rows: namedRowsOf(resultTexts),
    },
    {
      id: 'outcomes',
      title: '受付の結果',
      english: 'outcome of an item',
      appears: '`POST /referrals` と `items.answered.v1` の `outcome`。',
      columns: ['コード', '名前', '結果ファイル', '意味', '直し方'],
      rows: Object.entries(outcomeTexts).map(([code, text]) => {
        const outcome = code as keyof typeof outcomeTexts;
        return [code, itemOutcomeNames[outcome], resultCodes[outcome], ...said(text)];
      }),
    },
    {
      id: 'holds',
      title: '待っている理由',
      english: 'why it is held',
      appears:
        '`outcome` が `held` のときの `codes`、`GET /referrals/{id}/decision` の `reasons`。後の記録で解けるもの。',
      columns: plain,
      rows: rowsOf(holdTexts),
    },
    {
      id: 'denials',
      title: '送れない理由',
      english: 'why it is denied',
      appears:
        '`outcome` が `denied` か `rejected` のときの `codes`、`GET /referrals/{id}/decision` の `reasons`。同意では解けないもの。',
      columns: plain,
      rows: rowsOf(denyTexts),
    },
    {
      id: 'items',
      title: '受け付けない理由',
      english: 'why an item is not taken',
      appears:
        '`outcome` が `rejected`、`conflict`、`unrouted`、`no_referral` のときの `codes`、HTTP の `errors[].code`。',
      columns: plain,
      rows: rowsOf(itemTexts),
    },
    {
      id: 'reveals',
      title: '氏名を表示しない理由',
      english: 'why a name is not shown',
      appears: '`POST /referrals/reveal` と `POST /persons/reveal` の `because`。',
      columns: plain,
      rows: rowsOf(revealTexts),
    },
    {
      id: 'routes',
      title: '宛先の表が当てはまらない理由',
      english: 'why a route does not lead there',
      appears: '`GET /routes/resolve` の `routes[].because`。',
      columns: plain,
      rows: rowsOf(routeTexts),
    },
    {
      id: 'master-data',
      title: '登録できない理由',
      english: 'why master data is refused',
      appears: '`POST /desk-functions/import` の `rows[].errors[].code`、HTTP の `errors[].code`。',
      columns: plain,
      rows: rowsOf(masterDataTexts),
    },
    {
      id: 'pauses',
      title: '受付を止めて尋ねる理由',
      english: 'why the intake of a plugin is paused',
      appears: '`GET /plugins/{id}` の `intake.pause.reason`、`tsunagi plugin show`。',
      columns: plain,
      rows: rowsOf(pauseTexts),
    },
    ...problemGroups(),
    kindGroup(),
    {
      id: 'authorities',
      title: '根拠',
      english: 'authorities',
      appears: '`authority`、提供の記録、受け手のシステムに渡す根拠コード。',
      columns: ['コード', '根拠コード', '名前', '何を許すか', 'すること'],
      rows: Object.values(AuthorityCode.enum).map((code) => {
        const { name, ...text } = authorityTexts[code];
        return [code, authorityNumbers[code], name, ...said(text)];
      }),
    },
    {
      id: 'deliveries',
      title: '届かない理由',
      english: 'why a delivery stays',
      appears: '`GET /deliveries` の `code`、`tsunagi dead list`。プラグイン独自のコードは、プラグインの説明にある。',
      columns: ['コード', '意味', '直し方'],
      rows: rowsOf(deliveryCodes),
    },
    {
      id: 'connections',
      title: 'プラグインが働けない理由',
      english: 'why a plugin does not work',
      appears:
        '`POST /plugins/{id}/config/check`、`GET /plugins/{id}` の `check.findings[].code` と `hosts[].code`。プラグイン独自のコードは、プラグインの説明にある。',
      columns: plain,
      rows: rowsOf(connectionCodes),
    },
    {
      id: 'statuses',
      title: '状態コード',
      english: 'status codes to the sender',
      appears:
        '状態ファイル(例 KAO)と `referral.status.v1` の `code`。10〜50 は経過を返す範囲だけ、60・65・90 は必ず届く。',
      columns: named,
      rows: namedRowsOf(statusTexts),
    },
    {
      id: 'responses',
      title: '対応区分',
      english: 'response codes of the recipient',
      appears: '受け手のシステムの回答と `referral.response.v1` の `code`。',
      columns: named,
      rows: namedRowsOf(responseTexts),
    },
    {
      id: 'return-reasons',
      title: '理由コード(差戻し)',
      english: 'reasons of a return',
      appears: '回答の理由コード、`POST …/propose-return` の `reasons`。',
      columns: named,
      rows: namedRowsOf(returnReasonTexts),
    },
    {
      id: 'outcome-codes',
      title: '結果コード(結果報告)',
      english: 'outcomes of a completion',
      appears: '回答の結果コード、`POST …/complete` の `outcome`。',
      columns: named,
      rows: namedRowsOf(outcomeCodeTexts),
    },
    {
      id: 'numbers',
      title: '種類コードと分野',
      english: 'numbers of kinds and domains',
      appears: '受け手のシステムに渡すファイルと表。',
      columns: ['コード', '種類・分野', 'API での値'],
      rows: [
        ...Object.entries(kindNumbers).map(([kind, number]) => [
          `種類 ${number}`,
          kindNames[kind as keyof typeof kindNumbers],
          kind,
        ]),
        ...Object.values(Domain.enum).map((domain) => [
          `分野 ${domainDigits[domain]}`,
          namesOfEnum.get(Domain)?.names[domain] ?? domain,
          domain,
        ]),
      ],
    },
    {
      id: 'todos',
      title: 'やること',
      english: 'to-dos',
      appears: '`GET /todos` の `kind`。',
      columns: ['コード', '意味', 'すること'],
      rows: rowsOf(todoTexts),
    },
    {
      id: 'start',
      title: '起動を断る理由',
      english: 'why the hub refuses to start',
      appears: '`tsunagi start hub` の出力。',
      columns: ['コード', '意味と直し方'],
      rows: Object.entries(startRefusals),
    },
    ...vocabulary(),
  ];
}

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  BodyKind,
  code,
  day,
  Domain,
  FunctionCalendar,
  id,
  line,
  moment,
  Purpose,
  ReferralKind,
} from '@tsunagi/domain';
import { z } from 'zod';
import { atMost } from './page-size';

/** Lists go on behind the last id that was seen. */
export const listQuery = z.strictObject({
  cursor: id.describe('前の答えの next').optional(),
  limit: atMost(500).describe('一度に返す数(500まで)。なければ200。').optional(),
});
export type ListQuery = z.infer<typeof listQuery>;

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.strictObject({ items: z.array(item), next: id.describe('続きがあるときの cursor').optional() });
export interface Page<T> {
  items: T[];
  next?: string;
}

const version = z.int().describe('版。変更のときに If-Match に書きます。');
const validFrom = day.describe('有効な最初の日');
const validTo = day.describe('有効な最後の日');
/** `null` takes the last day back. */
const ending = validTo.nullable().optional();
const endsAfterItBegins = ({
  validFrom: from,
  validTo: to,
}: {
  validFrom?: string | undefined;
  validTo?: string | null | undefined;
}) => from === undefined || to === undefined || to === null || from <= to;
const emptyPeriod = { path: ['validTo'], error: 'ends before it begins' };
const saysSomething = { error: 'nothing to change' };
const isSomething = (change: object) => Object.values(change).some((v) => v !== undefined);

const named = z.strictObject({ id, name: z.string() });

/** 機関 with its 窓口. */
export const organizationView = z.strictObject({
  id,
  name: z.string(),
  bodyKind: BodyKind,
  desks: z.array(named),
  validFrom,
  validTo: validTo.optional(),
  version,
});
export type OrganizationView = z.infer<typeof organizationView>;
export const organizationList = pageOf(organizationView);

const deskName = line(60).describe('窓口(場所)の名前');
export const newOrganization = z
  .strictObject({
    name: line(100).describe('機関の名前'),
    bodyKind: BodyKind,
    desks: z
      .array(z.strictObject({ name: deskName }))
      .max(50)
      .optional(),
    validFrom: validFrom.optional(),
    validTo: validTo.optional(),
  })
  .refine(endsAfterItBegins, emptyPeriod);
export type NewOrganization = z.infer<typeof newOrganization>;

export const changeOrganization = z
  .strictObject({
    name: line(100).optional(),
    bodyKind: BodyKind.optional(),
    desks: z
      .array(z.strictObject({ id: id.describe('名前を変える窓口。なければ、新しい窓口。').optional(), name: deskName }))
      .min(1)
      .max(50)
      .optional(),
    validTo: ending,
  })
  .refine(isSomething, saysSomething);
export type ChangeOrganization = z.infer<typeof changeOrganization>;

const channel = z
  .string()
  .max(40)
  .regex(/^(web|paper|plugin:[a-z][a-z0-9-]*)$/)
  .describe(
    '届け方。web=この API か画面で受け取り、答えます。paper=紙で渡し、ハブの画面に記録します。plugin:名前=業務システムに届き、そこから答えが来ます。',
  );
const system = code(40).describe('その番号(被保険者番号など)を見てよい業務システム');
const sends = z.boolean().describe('ご本人についてのつなぎを送るか');
const receives = z.boolean().describe('ご本人についてのつなぎを受けるか');
const kinds = z
  .array(ReferralKind)
  .max(ReferralKind.options.length)
  .describe('指定された窓口にだけ届く種類(通報・通告など)のうち、ここが受けるもの');
const area = code(20).describe('受け持ちの圏域。なければ市町村全体。');
const telephone = z
  .string()
  .max(20)
  .regex(/^\+?[0-9-]{3,19}$/);
const dutyTelephone = telephone.describe('当番の電話(即日のとき)');
const nextDutyTelephone = telephone.describe('当番が出ないときの次の電話');
const givesTownAway = z
  .boolean()
  .describe('窓口の名前や場所で、住む町が分かるか。秘匿の方のつなぎでは、相手に名前を見せません。');

/** 窓口の機能. */
export const deskFunctionView = z.strictObject({
  id,
  code: z.string(),
  name: z.string(),
  organization: named.describe('いま受け持っている機関'),
  desk: named,
  domain: Domain,
  functionType: z.string().describe('窓口の種類'),
  bodyKind: BodyKind,
  purposes: z.array(Purpose),
  channel,
  system: system.optional(),
  sends,
  receives,
  kinds: kinds.optional(),
  area: area.optional(),
  calendar: FunctionCalendar.optional(),
  dutyTelephone: dutyTelephone.optional(),
  nextDutyTelephone: nextDutyTelephone.optional(),
  givesTownAway: givesTownAway.optional(),
  validFrom,
  validTo: validTo.optional(),
  /** Its contract runs today. */
  inForce: z.boolean(),
  /** Who operates it, from when to when; the earliest first. */
  operators: z
    .array(
      z.strictObject({
        organization: named,
        validFrom,
        validTo: validTo.optional(),
        secrecyAcknowledgedAt: moment.describe('秘密保持を確認した時刻').optional(),
      }),
    )
    .describe('受け持つ機関の移り変わり'),
  version,
});
export type DeskFunctionView = z.infer<typeof deskFunctionView>;
export const deskFunctionList = pageOf(deskFunctionView);

const functionFields = {
  name: line(60).describe('窓口の機能の名前'),
  domain: Domain,
  functionType: code(40).describe('窓口の種類'),
  bodyKind: BodyKind,
  purposes: z.array(Purpose).min(1).max(Purpose.options.length),
  channel,
  sends,
  receives,
};
export const newDeskFunction = z
  .strictObject({
    ...functionFields,
    code: code(10).describe('コード(10字まで)。あとから変えられません。'),
    desk: id.describe('窓口(場所)の id。その機関が受け持ちます。'),
    system: system.optional(),
    kinds: kinds.optional(),
    area: area.optional(),
    calendar: FunctionCalendar.optional(),
    dutyTelephone: dutyTelephone.optional(),
    nextDutyTelephone: nextDutyTelephone.optional(),
    givesTownAway: givesTownAway.optional(),
    validFrom,
    validTo: validTo.optional(),
  })
  .refine(endsAfterItBegins, emptyPeriod);
export type NewDeskFunction = z.infer<typeof newDeskFunction>;

export const changeDeskFunction = z
  .strictObject({
    ...z.strictObject(functionFields).partial().shape,
    desk: id.optional(),
    system: system.nullable().optional(),
    kinds: kinds.optional(),
    area: area.nullable().optional(),
    calendar: FunctionCalendar.nullable().optional(),
    dutyTelephone: dutyTelephone.nullable().optional(),
    nextDutyTelephone: nextDutyTelephone.nullable().optional(),
    givesTownAway: givesTownAway.optional(),
    validTo: ending,
  })
  .refine(isSomething, saysSomething);
export type ChangeDeskFunction = z.infer<typeof changeDeskFunction>;

/** POST /desk-functions/{id}/operators: from that day on another organization operates it. */
export const newOperator = z.strictObject({
  organization: id.describe('新しく受け持つ機関の id'),
  desk: id.describe('新しい機関の窓口(場所)の id'),
  validFrom: day.describe('受け持ちが替わる日。日本時間の0時に切り替わります。今日より前にはできません。'),
  bodyKind: BodyKind.optional(),
  channel: channel.optional(),
  system: system.optional(),
});
export type NewOperator = z.infer<typeof newOperator>;

/** How a bare domain or 「つなぎ先不明」 finds its function; the smallest priority counts first. */
export const routeView = z.strictObject({
  id,
  priority: z.int(),
  fromFunction: id.optional(),
  domain: z.union([Domain, z.literal('unknown')]),
  area: z.string().optional(),
  functionType: z.string().optional(),
  kind: ReferralKind.optional(),
  function: id,
  validFrom,
  validTo: validTo.optional(),
  version,
});
export type RouteView = z.infer<typeof routeView>;
export const routeList = pageOf(routeView);

const priority = z.int().min(1).max(9_999).describe('小さいものから先に当てはめます。');
export const newRoute = z
  .strictObject({
    priority,
    fromFunction: id.describe('この窓口から送るときだけ').optional(),
    domain: z.union([Domain, z.literal('unknown')]).describe('分野。unknown=つなぎ先不明。'),
    area: area.optional(),
    functionType: code(40).describe('窓口の種類を指したときだけ').optional(),
    kind: ReferralKind.describe('この種類のつなぎだけ').optional(),
    function: id.describe('宛先の窓口の id'),
    validFrom: validFrom.optional(),
    validTo: validTo.optional(),
  })
  .refine(endsAfterItBegins, emptyPeriod);
export type NewRoute = z.infer<typeof newRoute>;

export const changeRoute = z
  .strictObject({ priority: priority.optional(), function: id.optional(), validTo: ending })
  .refine(isSomething, saysSomething);
export type ChangeRoute = z.infer<typeof changeRoute>;

/** Why a route does not lead there. */
export const RouteMiss = z.enum([
  'ROUTE_NOT_IN_FORCE',
  'FUNCTION_NOT_IN_FORCE',
  'FUNCTION_WITHOUT_PERSONS',
  'OTHER_SENDER',
  'OTHER_AREA',
  'OTHER_KIND',
  'OTHER_FUNCTION_TYPE',
]);
export type RouteMiss = z.infer<typeof RouteMiss>;

export const routeQuery = z.strictObject({
  domain: z.union([Domain, z.literal('unknown')]).describe('分野。unknown=つなぎ先不明。'),
  area: area.optional(),
  functionType: code(40).describe('窓口の種類').optional(),
  kind: ReferralKind.describe('なければ referral').optional(),
  fromFunction: id.describe('送り元の窓口の id').optional(),
});
export type RouteQuery = z.infer<typeof routeQuery>;

export const routeAnswer = z.strictObject({
  function: id.describe('宛先の窓口。どの表も当てはまらなければ、ありません。').optional(),
  sentence: z.string(),
  routes: z
    .array(
      z.strictObject({
        route: routeView,
        because: RouteMiss.describe('当てはまらない理由').optional(),
        sentence: z.string(),
      }),
    )
    .describe('この分野の表。当てはまるものから順に。'),
});
export type RouteAnswer = z.infer<typeof routeAnswer>;

/** One desk function in a file: names instead of ids, so that it can be written by hand and moved to another hub. */
export const deskFunctionRecord = z
  .strictObject({
    code: code(10),
    ...functionFields,
    organization: line(100).describe('機関の名前'),
    desk: deskName,
    system: system.optional(),
    kinds: kinds.optional(),
    area: area.optional(),
    calendar: FunctionCalendar.optional(),
    dutyTelephone: dutyTelephone.optional(),
    nextDutyTelephone: nextDutyTelephone.optional(),
    givesTownAway: givesTownAway.optional(),
    validFrom,
    validTo: validTo.optional(),
  })
  .refine(endsAfterItBegins, emptyPeriod);
export type DeskFunctionRecord = z.infer<typeof deskFunctionRecord>;

export const deskFunctionFile = z.strictObject({ items: z.array(deskFunctionRecord) });
export type DeskFunctionFile = z.infer<typeof deskFunctionFile>;

export const exportQuery = z.strictObject({ format: z.enum(['json', 'csv']).describe('なければ json').optional() });

/** POST /desk-functions/import. The rows of JSON, or the bytes of a CSV file (UTF-8, also with BOM, or CP932). */
export const importRequest = z.strictObject({
  dryRun: z.boolean().describe('true=何が変わるかを見るだけ'),
  items: z.array(z.unknown()).min(1).max(2_000).describe('JSON の行').optional(),
  csv: z.base64().max(900_000).describe('CSV ファイルのバイト列(Base64)').optional(),
});
export type ImportRequest = z.infer<typeof importRequest>;

export const importAnswer = z.strictObject({
  dryRun: z.boolean(),
  /** Nothing is changed while a row is wrong. */
  applied: z.boolean().describe('書き込んだか。誤りのある行があれば、一行も書き込みません。'),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  rows: z
    .array(
      z.strictObject({
        row: z.int().describe('何行目か(見出しの次が1)'),
        code: z.string().optional(),
        change: z.enum(['added', 'changed', 'unchanged', 'refused']),
        fields: z.array(z.string()).describe('変わる項目'),
        errors: z.array(
          z.strictObject({ pointer: z.string(), code: z.string(), message: z.string(), hint: z.string().optional() }),
        ),
      }),
    )
    .describe('行ごとの結果'),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { deskFunctionRecord, type DeskFunctionRecord, type ImportAnswer, type ImportRequest } from '@tsunagi/contracts';
import { differences, recordOf, recordsFromCsv, recordsToCsv } from './function-records';
import { FunctionsDesk, pluginIn } from './functions-desk.service';
import { lockName, MasterData, type Note } from './master-data';
import type { Caller } from '../access';
import { Directory, functionView, type DeskFunction } from '../organizations';
import { PluginRegistry } from '../plugins';
import { csvText, fieldErrors, newId, reasonAt, type Tx } from '../platform';

type JudgedRow = ImportAnswer['rows'][number];
type Plan = JudgedRow & { readonly record?: DeskFunctionRecord; readonly before?: DeskFunction };

/** Desk functions as a file, out and in. What a file leaves out stays as it is: nothing is ever deleted by it. */
@Injectable()
export class FunctionImport {
  constructor(
    private readonly data: MasterData,
    private readonly functions: FunctionsDesk,
    private readonly directory: Directory,
    private readonly plugins: PluginRegistry,
  ) {}

  records(): DeskFunctionRecord[] {
    return this.directory.all().map((f) => recordOf(functionView(this.directory, f)));
  }

  csv(): string {
    return recordsToCsv(this.records());
  }

  /** All or nothing: while one row is wrong, no row is written. */
  async take(caller: Caller, { dryRun, items, csv }: ImportRequest): Promise<ImportAnswer> {
    const given = items ?? recordsFromCsv(csvText(Buffer.from(csv ?? '', 'base64')));
    const plans = this.plan(given, await this.plugins.known());
    const wanted = plans.filter((p) => p.change === 'added' || p.change === 'changed');
    const applied = !dryRun && plans.every((p) => p.change !== 'refused');
    if (applied && wanted.length > 0)
      await this.data.write(caller, async (tx, note) => {
        for (const plan of wanted) await this.apply(tx, note, plan);
        note('desk_function.imported', 'desk_function', 'file', { rows: plans.length, written: wanted.length });
      });
    const count = (change: JudgedRow['change']) => plans.filter((p) => p.change === change).length;
    return {
      dryRun,
      applied,
      added: count('added'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      rows: plans.map(({ record: _, before: _before, ...row }) => row),
    };
  }

  private plan(given: readonly unknown[], plugins: readonly string[]): Plan[] {
    const seen = new Set<string>();
    return given.map((item, n): Plan => {
      const parsed = deskFunctionRecord.safeParse(item);
      const row = { row: n + 1, fields: [], errors: [] };
      if (!parsed.success) return { ...row, change: 'refused', errors: fieldErrors(parsed.error.issues, item) };
      const record = parsed.data;
      const twice = seen.has(record.code);
      seen.add(record.code);
      return { ...row, code: record.code, ...(twice ? refused('ROW_TWICE', '/code') : this.judge(record, plugins)) };
    });
  }

  private judge(
    record: DeskFunctionRecord,
    plugins: readonly string[],
  ): Pick<Plan, 'change' | 'fields' | 'errors' | 'record' | 'before'> {
    const before = this.directory.all().find((f) => f.code === record.code);
    const fields = before ? differences(recordOf(functionView(this.directory, before)), record) : [];
    if (before && fields.length === 0) return { change: 'unchanged', fields, errors: [] };
    const double = this.namedTwice(record);
    if (double !== undefined) return refused('NAME_AMBIGUOUS', double);
    const plugin = pluginIn(record.channel);
    if (plugin !== undefined && record.channel !== before?.channel && !plugins.includes(plugin))
      return refused('PLUGIN_UNKNOWN', '/channel', plugins);
    if (!before) return { change: 'added', fields, errors: [], record };
    if (fields.includes('organization')) return refused('OPERATOR_BY_DATE', '/organization');
    if (fields.includes('validFrom')) return refused('FIRST_DAY_FIXED', '/validFrom');
    return { change: 'changed', fields, errors: [], record, before };
  }

  /** A file finds organization and desk by their names: two of one name it cannot tell apart. */
  private namedTwice({ organization, desk }: DeskFunctionRecord): string | undefined {
    const named = this.directory.organizations().filter((o) => o.name === organization);
    if (named.length > 1) return '/organization';
    const desks = this.directory.desks().filter((d) => d.organization === named[0]?.id && d.name === desk);
    return desks.length > 1 ? '/desk' : undefined;
  }

  private async apply(tx: Tx, note: Note, { record, before }: Plan): Promise<void> {
    if (!record) return;
    const { organization, desk: deskName, code, validFrom, ...fields } = record;
    const desk = await deskOf(tx, organization, deskName, record.bodyKind, validFrom);
    if (!before) {
      await this.functions.insert(tx, note, { ...fields, code, validFrom, desk });
      return;
    }
    // What the file no longer says is taken back, so that the file and the hub say the same.
    const taken = {
      system: null,
      kinds: [],
      area: null,
      calendar: null,
      dutyTelephone: null,
      nextDutyTelephone: null,
      givesTownAway: false,
      validTo: null,
    };
    await this.functions.update(tx, note, before.id, before.version, { ...taken, ...fields, desk });
  }
}

/** The desk of this name; what a file names for the first time is made. */
async function deskOf(
  tx: Tx,
  organization: string,
  name: string,
  bodyKind: string,
  validFrom: string,
): Promise<string> {
  await lockName(tx, organization);
  const [known] = await tx.query<{ id: string }>('select id from organization where name = $1 order by id limit 1', [
    organization,
  ]);
  const owner = known?.id ?? newId();
  if (!known)
    tx.insert('organization', [{ id: owner, name: organization, body_kind: bodyKind, valid_from: validFrom }]);
  const [there] = await tx.query<{ id: string }>(
    'select id from desk where organization = $1 and name = $2 order by id limit 1',
    [owner, name],
  );
  const id = there?.id ?? newId();
  if (!there) tx.insert('desk', [{ id, organization: owner, name }]);
  return id;
}

function refused(
  code: string,
  pointer: string,
  known?: readonly string[],
): Pick<JudgedRow, 'change' | 'fields' | 'errors'> {
  return { change: 'refused', fields: [], errors: [reasonAt(code, pointer, known)] };
}

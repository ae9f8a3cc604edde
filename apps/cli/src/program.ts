// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Domain } from '@tsunagi/plugin-sdk';
import { Argument, Command, CommanderError, Option } from 'commander';
import {
  checkPlugin,
  confirmPlugin,
  disablePlugin,
  enablePlugin,
  listPlugins,
  pollPlugin,
  settlePluginCounts,
  showPlugin,
} from './commands/plugin';
import { addClient, revokeClient, rotateClient, type ClientOptions } from './commands/client';
import { newPlugin, type NewPluginOptions } from './commands/plugin-new';
import { verifyInFolder, type VerifyOptions } from './commands/plugin-verify';
import { checkFile, type CheckFileOptions } from './commands/check-file';
import { exportAudit, verifyAudit, type VerifyAuditOptions } from './commands/audit';
import { checkAuthorities, listAuthorities, type CheckOptions } from './commands/authority';
import type { CommandContext } from './commands/command';
import { explainConsent } from './commands/consent';
import { explainDead, listDead, replayDead, type DeadOptions } from './commands/dead';
import { exportDesks, importDesks } from './commands/desk';
import { showDisclosures, type DisclosuresOptions } from './commands/disclosures';
import { doctor } from './commands/doctor';
import { dryRunPlugin, type DryRunOptions } from './commands/dry-run';
import { init, type InitOptions } from './commands/init';
import { migrate, type MigrateOptions } from './commands/migrate';
import { pluginSettings, type SettingsOptions } from './commands/plugin-settings';
import { advanceClock, jumpClock, showClock } from './commands/clock';
import {
  consultSandbox,
  type FileSystem,
  fileSystems,
  showSandbox,
  stepSandbox,
  writeSandboxFile,
} from './commands/sandbox';
import { closeQuarantine, listQuarantine, releaseQuarantine, type QuarantineOptions } from './commands/quarantine';
import { addStaff, importStaff, type StaffOptions } from './commands/staff';
import { start } from './commands/start';
import { initForms } from './init/init-plan';
import { readSettings } from './settings/read-settings';
import { startTargets, type StartTarget } from './start/choose-start';
import { exitCodes, type ExitCode } from './terminal/exit-codes';
import { reportError } from './terminal/report-error';
import type { Keyboard } from './terminal/password';
import type { Terminal } from './terminal/terminal';
import { usageFault } from './terminal/usage-fault';
import { help, helpTitles } from './texts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly out: Terminal['out'] & { readonly isTTY?: boolean };
  readonly error: Terminal['error'];
  readonly keyboard?: Keyboard;
}

/** Runs one command line and answers with its exit code. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { out, error } = surroundings;
  const terminal: Terminal = { json: argv.includes('--json'), isScreen: out.isTTY === true, out, error };
  let result: ExitCode = exitCodes.ok;
  const program = commands(async (work) => {
    const { env, cwd, keyboard } = surroundings;
    result = await work({ ...readSettings(env, cwd), terminal, cwd, keyboard });
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return result;
  } catch (failure) {
    const fault = failure instanceof CommanderError ? usageFault(failure) : failure;
    if (fault !== undefined) reportError(terminal, fault);
    return failure instanceof CommanderError && failure.exitCode === 0 ? exitCodes.ok : exitCodes.failure;
  }

  function commands(perform: (work: (context: CommandContext) => Promise<ExitCode>) => Promise<void>): Command {
    const root = new Command('tsunagi').description(help.program).option('--json', help.json);
    root
      .exitOverride()
      .configureOutput({
        writeOut: (text) => out.write(text),
        writeErr: (text) => error.write(text),
        // What is wrong is said once, in our words.
        outputError: () => undefined,
      })
      .configureHelp({ styleTitle: (title) => helpTitles[title] ?? title })
      .helpOption('-h, --help', help.help)
      .helpCommand('help [command]', help.help);

    root
      .command('start')
      .description(help.start)
      .addArgument(new Argument('[part]', help.startTarget).choices(startTargets))
      .action((target: StartTarget | undefined) => perform((context) => start(context, target)));
    root
      .command('init')
      .description(help.init)
      .option('--dir <path>', help.initDir, '.')
      .addOption(new Option('--for <form>', help.initFor).choices(initForms).default('compose'))
      .option('--database <place>', help.initDatabase)
      .option('--broker <place>', help.initBroker)
      .action((options: InitOptions) => perform((context) => init(context, options)));
    root
      .command('migrate')
      .description(help.migrate)
      .option('--first-client <id>', help.migrateFirstClient)
      .option('--secret-file <path>', help.secretFile)
      .action((options: MigrateOptions) => perform((context) => migrate(context, options)));
    root
      .command('doctor')
      .description(help.doctor)
      .action(() => perform(doctor));

    const audit = root.command('audit').description(help.audit);
    audit
      .command('verify')
      .description(help.auditVerify)
      .argument('[file]', help.auditVerifyFile)
      .option('--checkpoints <file>', help.auditVerifyCheckpoints)
      .option('--keys <file>', help.auditVerifyKeys)
      .action((file: string | undefined, options: VerifyAuditOptions) =>
        perform((context) => verifyAudit(context, file, options)),
      );
    audit
      .command('export')
      .description(help.auditExport)
      .argument('<file>', help.auditExportFile)
      .action((file: string) => perform((context) => exportAudit(context, file)));

    const plugin = root.command('plugin').description(help.plugin);
    plugin
      .command('list')
      .description(help.pluginList)
      .action(() => perform(listPlugins));
    plugin
      .command('show <id>')
      .description(help.pluginShow)
      .action((id: string) => perform((context) => showPlugin(context, id)));
    plugin
      .command('check <id>')
      .description(help.pluginCheck)
      .action((id: string) => perform((context) => checkPlugin(context, id)));
    plugin
      .command('config <id>')
      .description(help.pluginConfig)
      .option('--file <path>', help.pluginConfigFile)
      .option('--validate', help.pluginConfigValidate)
      .option('--history', help.pluginConfigHistory)
      .option('--return <version>', help.pluginConfigReturn)
      .action((id: string, options: SettingsOptions) => perform((context) => pluginSettings(context, id, options)));
    plugin
      .command('dry-run <id>')
      .description(help.pluginDryRun)
      .requiredOption('--file <path>', help.pluginDryRunFile)
      .option('--config <path>', help.pluginDryRunConfig)
      .option('--candidate <dir>', help.pluginDryRunCandidate)
      .option('--candidate-config <path>', help.pluginDryRunCandidateConfig)
      .action((id: string, options: DryRunOptions) => perform((context) => dryRunPlugin(context, id, options)));
    plugin
      .command('new <id>')
      .description(help.pluginNew)
      .option('--dir <path>', help.pluginNewDir)
      .option('--title <name>', help.pluginNewTitle)
      .addOption(new Option('--domain <domain>', help.pluginNewDomain).choices(Domain.options))
      .action((id: string, options: NewPluginOptions) => perform((context) => newPlugin(context, id, options)));
    plugin
      .command('verify')
      .description(help.pluginVerify)
      .argument('[dir]', help.pluginVerifyDir, '.')
      .option('--report <path>', help.pluginVerifyReport)
      .action((dir: string, options: VerifyOptions) => perform((context) => verifyInFolder(context, dir, options)));
    plugin
      .command('enable <id>')
      .description(help.pluginEnable)
      .option('--force', help.pluginForce)
      .option('--reason <text>', help.pluginReason)
      .action((id: string, options: { force?: boolean; reason?: string }) =>
        perform((context) => enablePlugin(context, id, options)),
      );
    plugin
      .command('confirm <id>')
      .description(help.pluginConfirm)
      .requiredOption('--reason <text>', help.pluginConfirmReason)
      .action((id: string, options: { reason: string }) => perform((context) => confirmPlugin(context, id, options)));
    plugin
      .command('settle <id> <day>')
      .description(help.pluginSettle)
      .requiredOption('--reason <text>', help.pluginSettleReason)
      .action((id: string, day: string, options: { reason: string }) =>
        perform((context) => settlePluginCounts(context, id, day, options)),
      );
    plugin
      .command('disable <id>')
      .description(help.pluginDisable)
      .action((id: string) => perform((context) => disablePlugin(context, id)));
    plugin
      .command('poll <id>')
      .description(help.pluginPoll)
      .action((id: string) => perform((context) => pollPlugin(context, id)));

    const desk = root.command('desk').description(help.desk);
    desk
      .command('import')
      .description(help.deskImport)
      .argument('<file>', help.deskImportFile)
      .option('--dry-run', help.deskImportDryRun)
      .action((file: string, options: { dryRun?: boolean }) =>
        perform((context) => importDesks(context, file, options)),
      );
    desk
      .command('export')
      .description(help.deskExport)
      .addOption(new Option('--format <format>', help.deskExportFormat).choices(['csv', 'json']).default('csv'))
      .action((options: { format: 'csv' | 'json' }) => perform((context) => exportDesks(context, options)));

    const staff = root.command('staff').description(help.staff);
    staff
      .command('add <login>')
      .description(help.staffAdd)
      .requiredOption('--name <name>', help.staffName)
      .requiredOption('--organization <name>', help.staffOrganization)
      .option('--role <role>', help.staffRole)
      .option('--function <code>', help.staffFunction)
      .option('--from <day>', help.staffFrom)
      .option('--secret-file <path>', help.secretFile)
      .action((login: string, options: StaffOptions) => perform((context) => addStaff(context, login, options)));
    staff
      .command('import')
      .description(help.staffImport)
      .argument('<file>', help.staffImportFile)
      .requiredOption('--secret-file <path>', help.secretFile)
      .action((file: string, options: { secretFile: string }) =>
        perform((context) => importStaff(context, file, options)),
      );

    const client = root.command('client').description(help.client);
    client
      .command('add <id>')
      .description(help.clientAdd)
      .option('--organization <name>', help.clientOrganization)
      .option('--plugin <plugin>', help.clientPlugin)
      .option('--function <code...>', help.clientFunction)
      .option('--role <role...>', help.clientRole)
      .option('--secret-file <path>', help.secretFile)
      .action((id: string, options: ClientOptions) => perform((context) => addClient(context, id, options)));
    client
      .command('rotate <id>')
      .description(help.clientRotate)
      .option('--secret-file <path>', help.secretFile)
      .action((id: string, options: { secretFile?: string }) =>
        perform((context) => rotateClient(context, id, options)),
      );
    client
      .command('revoke <id>')
      .description(help.clientRevoke)
      .action((id: string) => perform((context) => revokeClient(context, id)));

    root
      .command('check-file')
      .description(help.checkFile)
      .argument('<kind>', help.checkFileKind)
      .argument('<file>', help.checkFileFile)
      .option('--config <path>', help.checkFileConfig)
      .action((kind: string, file: string, options: CheckFileOptions) =>
        perform((context) => checkFile(context, kind, file, options)),
      );

    const quarantine = root.command('quarantine').description(help.quarantine);
    quarantine
      .command('list')
      .description(help.quarantineList)
      .option('--plugin <id>', help.quarantinePlugin)
      .option('--file <sha256>', help.quarantineFile)
      .option('--code <code>', help.quarantineCode)
      .action((only: QuarantineOptions) => perform((context) => listQuarantine(context, only)));
    quarantine
      .command('release <plugin> <row>')
      .description(help.quarantineRelease)
      .action((plugin: string, row: string) => perform((context) => releaseQuarantine(context, plugin, row)));
    quarantine
      .command('close <plugin> <row>')
      .description(help.quarantineClose)
      .requiredOption('--reason <text>', help.quarantineReason)
      .action((plugin: string, row: string, options: { reason: string }) =>
        perform((context) => closeQuarantine(context, plugin, row, options)),
      );

    const dead = root.command('dead').description(help.dead);
    dead
      .command('list')
      .description(help.deadList)
      .option('--plugin <id>', help.deadPlugin)
      .option('--code <code>', help.deadCode)
      .action((only: DeadOptions) => perform((context) => listDead(context, only)));
    dead
      .command('explain <delivery>')
      .description(help.deadExplain)
      .action((delivery: string) => perform((context) => explainDead(context, delivery)));
    dead
      .command('replay [delivery]')
      .description(help.deadReplay)
      .option('--plugin <id>', help.deadPlugin)
      .option('--code <code>', help.deadCode)
      .action((delivery: string | undefined, only: DeadOptions) =>
        perform((context) => replayDead(context, delivery, only)),
      );

    const authority = root.command('authority').description(help.authority);
    authority
      .command('list')
      .description(help.authorityList)
      .action(() => perform(listAuthorities));
    authority
      .command('check <row...>')
      .description(help.authorityCheck)
      .requiredOption('--as <login>', help.authorityAs)
      .requiredOption('--by <who>', help.authorityBy)
      .requiredOption('--on <day>', help.authorityOn)
      .option('--password-file <file>', help.passwordFile)
      .action((rows: string[], options: CheckOptions) =>
        perform((context) => checkAuthorities(context, rows, options)),
      );

    root
      .command('disclosures')
      .description(help.disclosures)
      .argument('<person>', help.disclosuresPerson)
      .addOption(
        new Option('--page <page>', help.disclosuresPage).choices(['desk', 'resident', 'working']).default('desk'),
      )
      .option('--as <login>', help.disclosuresAs)
      .option('--password-file <file>', help.passwordFile)
      .action((person: string, options: DisclosuresOptions) =>
        perform((context) => showDisclosures(context, person, options)),
      );

    root
      .command('consent')
      .description(help.consent)
      .command('explain <referral>')
      .description(help.consentExplain)
      .action((referral: string) => perform((context) => explainConsent(context, referral)));

    const sandbox = root.command('sandbox').description(help.sandbox);
    sandbox
      .command('write')
      .description(help.sandboxWrite)
      .addOption(new Option('--for <system>', help.sandboxFor).choices(fileSystems).default('kaigo'))
      .requiredOption('--rows <n>', help.sandboxRows)
      .option('--seed <n>', help.sandboxSeed, '1')
      .addOption(new Option('--bad <kind...>', help.sandboxBad))
      .action((options: { for: FileSystem; rows: string; seed: string; bad?: string[] }) =>
        perform((context) => writeSandboxFile(context, options)),
      );
    sandbox
      .command('consult')
      .description(help.sandboxConsult)
      .requiredOption('--rows <n>', help.sandboxRows)
      .option('--seed <n>', help.sandboxSeed, '1')
      .addOption(new Option('--bad <kind...>', help.sandboxConsultBad))
      .action((options: { rows: string; seed: string; bad?: string[] }) =>
        perform((context) => consultSandbox(context, options)),
      );
    sandbox
      .command('step')
      .description(help.sandboxStep)
      .option('--times <n>', help.sandboxTimes, '1')
      .action((options: { times: string }) => perform((context) => stepSandbox(context, options)));
    sandbox
      .command('show')
      .description(help.sandboxShow)
      .action(() => perform(showSandbox));
    const clock = sandbox.command('clock').description(help.sandboxClock);
    clock
      .command('show')
      .description(help.sandboxClockShow)
      .action(() => perform(showClock));
    clock
      .command('advance <span>')
      .description(help.sandboxClockAdvance)
      .action((span: string) => perform((context) => advanceClock(context, span)));
    clock
      .command('jump <moment>')
      .description(help.sandboxClockJump)
      .action((moment: string) => perform((context) => jumpClock(context, moment)));
    for (const command of [...descendants(root)]) {
      if (command !== root) command.option('--json', help.json);
    }
    return root;
  }
}

function* descendants(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* descendants(child);
}

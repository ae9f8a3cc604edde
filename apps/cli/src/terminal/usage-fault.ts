// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CommanderError } from 'commander';
import { CliError, type CliErrorCode } from '../cli.error';

const codes: Readonly<Record<string, CliErrorCode>> = {
  'commander.unknownCommand': 'COMMAND_UNKNOWN',
  'commander.unknownOption': 'OPTION_UNKNOWN',
  'commander.missingMandatoryOptionValue': 'OPTION_MISSING',
  'commander.optionMissingArgument': 'OPTION_WITHOUT_VALUE',
  'commander.missingArgument': 'ARGUMENT_MISSING',
  'commander.invalidArgument': 'VALUE_NOT_ALLOWED',
  'commander.excessArguments': 'ARGUMENTS_TOO_MANY',
};

/** What is wrong with the command line, in our words; `undefined` where it was only asked for help. */
export function usageFault({ code, exitCode, message }: CommanderError): CliError | undefined {
  if (exitCode === 0 || code === 'commander.help') return undefined;
  // A value that is not allowed stands beside the name of its option.
  const [, name = ''] = /'([^']*)' is invalid/.exec(message) ?? /'([^']*)'/.exec(message) ?? [];
  const [, choices = '-'] = /Allowed choices are (.+)\.$/.exec(message) ?? [];
  return new CliError(codes[code] ?? 'COMMAND_LINE_INVALID', { name, choices });
}

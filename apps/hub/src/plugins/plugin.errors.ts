// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError, type Flood } from '@tsunagi/domain';

/** A plugin's account speaks for another plugin, or names a host that is not its own. */
export class ForgedHostError extends DomainError {
  override readonly code = 'FORGED_HOST';

  constructor() {
    super('a plugin speaks for a host or plugin that is not its own');
  }
}

export class CheckNeededError extends DomainError {
  override readonly code = 'CHECK_NEEDED';

  constructor() {
    super('enabling needs a passed check');
  }
}

/** Somebody else has changed the settings in the meantime. */
export class SettingsChangedError extends DomainError {
  override readonly code = 'VERSION_CONFLICT';

  constructor() {
    super('the settings have been changed in the meantime');
  }
}

/** The schema that the host said uses words of JSON Schema that the hub does not know. */
export class SettingsUncheckableError extends DomainError {
  override readonly code = 'CONFIG_UNCHECKABLE';

  constructor() {
    super('the settings cannot be checked against the schema of the plugin');
  }
}

/** A password stands in the settings themselves. Holds where, never what. */
export class SecretInSettingsError extends DomainError {
  override readonly code = 'CONFIG_HOLDS_SECRET';
  readonly reason = 'CONFIG_HOLDS_SECRET';

  constructor(readonly pointer: string) {
    super('the settings hold a secret');
  }
}

/** A batch would make more new referrals than a person expects: nothing of it may stay. */
export class FloodError extends DomainError {
  override readonly code = 'FLOOD';

  constructor(readonly flood: Flood) {
    super('more new referrals than are taken without asking');
  }
}

export class NothingToConfirmError extends DomainError {
  override readonly code = 'NOTHING_TO_CONFIRM';

  constructor() {
    super('the intake of this plugin is not paused');
  }
}

/** Of this day no difference stands open. */
export class NoDifferenceError extends DomainError {
  override readonly code = 'NO_DIFFERENCE';

  constructor() {
    super('the numbers of this day do not differ');
  }
}

/** A source of a plugin that is switched off looks for nothing. */
export class PluginOffError extends DomainError {
  override readonly code = 'PLUGIN_OFF';

  constructor() {
    super('the plugin is switched off');
  }
}

export class HostAwayError extends DomainError {
  override readonly code = 'HOST_AWAY';

  constructor() {
    super('no host holds this plugin just now');
  }
}

/** A file that is tried, or its rows, do not fit: the limit stands in the words of the code. */
export class FileTooLargeError extends DomainError {
  override readonly code = 'FILE_TOO_LARGE';

  constructor() {
    super('the file is larger than can be tried in a running host');
  }
}

/** What the plugin makes of a file with these settings: nothing. */
export class FileNotTriedError extends DomainError {
  constructor(override readonly code: 'FILE_NOT_TAKEN' | 'READS_NO_FILES' | 'DRY_RUN_FAILED') {
    super(`the file is not tried: ${code}`);
  }
}

export class DryRunUnansweredError extends DomainError {
  override readonly code = 'DRY_RUN_UNANSWERED';

  constructor() {
    super('the host did not answer in time');
  }
}

export class RowNotWaitingError extends DomainError {
  override readonly code = 'ROW_NOT_WAITING';

  constructor() {
    super('the row does not wait any more');
  }
}

/** Only its own system can mend it. */
export class RowNotReleasableError extends DomainError {
  override readonly code = 'ROW_NOT_RELEASABLE';

  constructor() {
    super('a row with this fault is not read again');
  }
}

export class RowGoneError extends DomainError {
  override readonly code = 'ROW_GONE';

  constructor() {
    super('the row is not where it came from');
  }
}

export class RowChangedError extends DomainError {
  override readonly code = 'ROW_CHANGED';

  constructor() {
    super('the row is not the same any more');
  }
}

export class ReleaseUnansweredError extends DomainError {
  override readonly code = 'RELEASE_UNANSWERED';

  constructor() {
    super('nothing was heard of the row in time');
  }
}

export class CheckUnansweredError extends DomainError {
  override readonly code = 'CHECK_UNANSWERED';

  constructor() {
    super('the host did not answer the check in time');
  }
}

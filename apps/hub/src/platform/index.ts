// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { municipalCalendar } from './calendar';
export { catalogue, fieldCatalogue, fieldHints, startRefusals, type Entry, type ProblemCode } from './catalogue';
export { ChangedMeanwhileError, changeAt } from './change-at';
export { Clock, SystemClock } from './clock';
export { DemoClock } from './demo-clock';
export {
  dataSourceOptions,
  openDataSource,
  refuseForgetful,
  refusePendingMigrations,
  runMigrations,
  type Schema,
} from './data-source';
export { Database, Tx, type Row } from './database';
export { DatabaseAwayError, isAway, isUniqueViolation } from './database.errors';
export { api, Describe, descriptionOf, type Description, type PathDescription, type Who } from './describe';
export { csvFile, csvText, CsvUnreadableError, readCsv, writeCsv, type CsvCell, type CsvFile } from './csv';
export { cp932WithLoss } from './cp932';
export { fieldErrors, reasonAt } from './field-errors';
export { countGuarded, GuardCounts, isGuarded } from './guard-counts';
export { holdPort, type HeldPort } from './hold-port';
export { Gathering } from './gathering';
export { answerBelow, prepareHttp } from './http';
export { InvalidInputError, NotFoundError, OwnDraftError } from './http.errors';
export { hubEvent, pluginOfSource } from './hub-event';
export { blindId, firstIdOf, timeOfId, idOf, newId } from './ids';
export { escaped, printedDay, printedMoment, printedPage, printedPagePolicy, table } from './html';
export { pageStyle } from './page-style';
export { PdfPrinter, PdfUnavailableError } from './pdf-printer';
export { qrCode } from './qr-code';
export { printedAuthority, printedCategories, printedRecall } from './printed-line';
export { serveConsole } from './console-files';
export { ifMatch, tagFrom, versionOf } from './if-match';
export { loadKeys, type HubKeys, type SigningKey } from './keys';
export { Log, NestLog } from './log';
export { makeFolderOf } from './make-folder-of';
export { PlatformModule, type Opened } from './platform.module';
export { COURIER, HUB_CONFIG, HUB_KEYS } from './provided';
export { Readiness } from './readiness';
export { Sealing, SealBrokenError } from './sealing';
export { StartRefusedError } from './start.errors';
export { written, zod } from './zod.pipe';
export { firstPointer } from './pointer';
export {
  carriedSheetTexts,
  denyTexts,
  dryRunTexts,
  holdTexts,
  itemTexts,
  ledgerTexts,
  masterDataTexts,
  outcomeTexts,
  proofTexts,
  recallTexts,
  revealTexts,
  routeTexts,
  sentenceOf,
  sheetTexts,
  stepTexts,
  textOf,
  todoTexts,
} from './sentences';
export { noteActing } from './request-id';
export { MyNumberFoundError, myNumberIn } from './my-number';
export { residenceStatusAt, ResidenceStatusTextError } from './residence-status';
export { Sweep } from './sweep';

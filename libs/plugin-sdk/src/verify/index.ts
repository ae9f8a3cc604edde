// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The conformance kit: what every plugin promises, as a library. `tsunagi plugin verify` is the same as a command. */
export { cp932AsItStands } from './cp932-as-it-stands';
export { eraAsItStands } from './era-as-it-stands';
export { defineKit, folderOffice, type AtWork, type KitFile, type KitPerson, type Office, type VerifyKit } from './kit';
export { checks } from './checks';
export { reportLines, type CheckedPromise, type VerifyReport } from './report';
export { PromiseBrokenError, verifyInTests, verifyPlugin, type Verified } from './verify';

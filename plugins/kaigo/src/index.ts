// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { kaigoPlugin as default } from './kaigo.plugin';
export { checkFile } from './kaigo.check-file';

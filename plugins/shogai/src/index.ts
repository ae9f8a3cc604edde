// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { shogaiPlugin as default } from './shogai.plugin';
export { checkFile } from './shogai.check-file';

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

module.exports = async function stopServices() {
  await globalThis.tsunagiTestServices?.stop();
};

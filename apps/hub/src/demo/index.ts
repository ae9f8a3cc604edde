// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { moveDemoAccess, type DemoAccess } from './demo-access';
export { generalForm } from './demo-municipality';
export { DemoModule } from './demo.module';
export { seedDemo } from './seed-demo';

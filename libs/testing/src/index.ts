// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { deferred, type Deferred } from './deferred';
export { startPrivateMariadb, type PrivateMariadb } from './services/private-mariadb';
export { startPrivatePostgres, type PrivatePostgres, type PrivatePostgresOptions } from './services/private-postgres';
export { startPrivateRabbit, type PrivateRabbit } from './services/private-rabbit';
export type { RabbitAccess, RabbitQueue, RabbitRights } from './services/rabbit-control';
export type { TestDatabase } from './services/test-database';
export {
  describeWithServices,
  startTestServices,
  testServices,
  type Need,
  type TestServices,
  type TestVhost,
} from './test-services';
export { waitFor, type WaitOptions } from './wait-for';

// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { FunctionNeededError, FunctionNotYoursError, NotSignedInError, RoleMissingError } from './access.errors';
export { AccessModule } from './access.module';
export { actingFor, Caller, callerOf, Calling, type Holding } from './caller';
export { Callers, type SignedIn } from './callers.service';
export { addClient } from './clients.service';
export { addFirstClient } from './first-client';
export { refuseResidenceStatus } from './residence-status';
export { newSecret } from './secrets';
export { sessionTokenOf } from './session-cookie';
export { addStaff } from './staff';
export { Throttle } from './throttle';
export { worksAnybodyAt } from './works-at';

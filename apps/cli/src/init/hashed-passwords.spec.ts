// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { newPassword, rabbitHash, scramVerifier } from './hashed-passwords';

describe('passwords of a site', () => {
  it('are long, differ, and need no quoting anywhere', () => {
    const two = [newPassword(), newPassword()];
    expect(new Set(two).size).toBe(2);
    for (const password of two) expect(password).toMatch(/^[0-9a-f]{48}$/);
  });

  it('are hashed as RabbitMQ’s guide shows it', () => {
    // https://www.rabbitmq.com/docs/passwords#computing-password-hash: "test12" with the salt 908DC60A.
    expect(rabbitHash('test12', Buffer.from('908DC60A', 'hex'))).toBe(
      'kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR',
    );
  });

  it('are kept for PostgreSQL as RFC 7677 shows it', () => {
    // The exchange of section 3: password "pencil", and the server's signature made with the same keys.
    const verifier = scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
    expect(verifier).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });
});

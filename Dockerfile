# SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
# SPDX-License-Identifier: Apache-2.0
#
# One image for all parts: `tsunagi migrate`, `tsunagi start hub`, `tsunagi start plugins`. Packages come from the lock file
# alone (`npm ci`). The steps below are those of `npm start` and of a release; apps/cli/src/init/dockerfile.spec.ts holds
# them against the tree. Building it needs a Docker engine, which the project's own tests do not have.

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --include=dev --no-audit --no-fund && npx tsc -b && npx vite build apps/console
# Again with what runs only, and without what it was built from.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && find apps libs plugins -depth \( -name src -o -name test -o -name e2e -o -name '*.tsbuildinfo' \) \
    -not -path '*/node_modules/*' -exec rm -rf {} + \
  && rm -rf scripts jest.config.js eslint.config.mjs tsconfig*.json

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app ./
# Owned by root and only read: the hub writes below /var/lib/tsunagi, which the site brings.
RUN chmod 0755 apps/cli/bin/tsunagi.js && ln -s /app/apps/cli/bin/tsunagi.js /usr/local/bin/tsunagi
WORKDIR /var/lib/tsunagi
USER node
# As in the units of docs/install.md and in bench/, which measures what they do.
ENTRYPOINT ["node", "--max-semi-space-size=32", "--heap-growing-percent=50", "--max-inlined-bytecode-size-cumulative=200", "/app/apps/cli/bin/tsunagi.js"]
CMD ["--help"]

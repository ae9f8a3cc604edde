// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Who may import whom inside the repository. What is not named here is forbidden; the console takes types only. */
const arrows = {
  'libs/domain': [],
  'libs/text': [],
  'libs/legacy': ['libs/text'],
  'libs/contracts': ['libs/domain'],
  'libs/messaging': ['libs/contracts'],
  'libs/plugin-sdk': ['libs/contracts', 'libs/domain', 'libs/legacy', 'libs/text'],
  'libs/testing': ['libs/contracts', 'libs/domain', 'libs/messaging'],
  'plugins/[^/]+': ['libs/plugin-sdk'],
  // Plugins come to the host, and to the embedded start, by name at run time.
  'apps/plugin-host': ['libs/messaging', 'libs/plugin-sdk'],
  'apps/hub': ['libs/domain', 'libs/contracts', 'libs/messaging', 'libs/text'],
  'apps/console': ['libs/contracts', 'libs/text'],
  'apps/sandbox': ['libs/legacy', 'libs/text'],
  // Messaging, because the embedded start composes the in-process broker.
  'apps/cli': ['apps/hub', 'apps/plugin-host', 'apps/sandbox', 'libs/plugin-sdk', 'libs/contracts', 'libs/messaging'],
};

/** The pure libraries: what they may import from outside the repository. Node's own modules are outside, too. */
const pure = {
  'libs/domain': ['zod'],
  'libs/text': [],
  'libs/legacy': ['iconv-lite', 'buffer'],
  'libs/contracts': ['zod'],
};

/** The words of the vocabulary, without the schemas they belong to. */
const wordFiles =
  '^libs/contracts/src/(words|codes/(audit-names|conference-names|interface-codes|item-names|life-names|names))\\.ts$';

const spec = '\\.spec\\.tsx?$|/test/|/e2e/';
const anywhere = '^(libs|plugins|apps)/';
// A plugin is one of many that match its pattern: `$1` is the one the import starts from.
const self = (path) => (path.startsWith('plugins/') ? '^plugins/$1/' : `^${path}/`);
const nameOf = (path) => path.replace('/[^/]+', '-any').replace('/', '-');

const arrowRules = Object.entries(arrows).flatMap(([path, may]) => {
  const from = `^${path.replace('[^/]+', '([^/]+)')}/`;
  const allowed = [self(path), ...may.map((target) => `^${target}/`)];
  return [
    {
      name: `arrow-${nameOf(path)}`,
      comment: `${path} may import ${may.join(', ') || 'nothing of the repository'}.`,
      severity: 'error',
      from: { path: from, pathNot: spec },
      to: { path: anywhere, pathNot: allowed },
    },
    {
      name: `arrow-${nameOf(path)}-specs`,
      comment: 'Specs keep to the same arrows, and may use libs/testing.',
      severity: 'error',
      // Journeys through the whole system start every part of it.
      from: { path: `${from}.*(${spec})`, pathNot: '^apps/(hub|cli)/e2e/' },
      to: { path: anywhere, pathNot: [...allowed, '^libs/testing/'] },
    },
  ];
});

const pureRules = Object.entries(pure).map(([path, packages]) => ({
  name: `pure-${nameOf(path)}`,
  comment: `${path} imports ${packages.join(', ') || 'nothing'} from outside the repository, nor Node's own modules.`,
  severity: 'error',
  from: { path: `^${path}/`, pathNot: spec },
  to: { pathNot: [anywhere, ...packages.flatMap((name) => [`(^|/)node_modules/${name}/`, `^${name}$`])] },
}));

module.exports = {
  forbidden: [
    ...arrowRules,
    ...pureRules,
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: anywhere },
      to: { circular: true },
    },
    {
      name: 'rooms-by-their-door',
      comment: 'A room of the hub is imported only through its index.ts.',
      severity: 'error',
      from: { path: '^apps/hub/src/([^/]+)/' },
      to: { path: '^apps/hub/src/[^/]+/', pathNot: ['^apps/hub/src/$1/', '^apps/hub/src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'packages-by-their-door',
      comment: 'Another package is imported by its name, never by a path into its sources.',
      severity: 'error',
      from: { path: '^((?:libs|plugins|apps)/[^/]+)/' },
      to: { path: anywhere, pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'testing-from-specs-only',
      severity: 'error',
      from: { path: anywhere, pathNot: ['^libs/testing/', spec] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'console-takes-types',
      comment:
        'What the console needs of the libraries is gone after compilation, but for the words and the check digit of a sheet.',
      severity: 'error',
      from: { path: '^apps/console/', pathNot: spec },
      to: { path: '^libs/', pathNot: '^libs/(text/|contracts/src/words\\.ts$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'words-are-words',
      comment: 'A browser takes them along: no schema, and no library.',
      severity: 'error',
      from: { path: wordFiles },
      to: { pathNot: wordFiles, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'plugins-know-one-library',
      comment: "A plugin's own client is in its package.json; the hub's tools are not for plugins.",
      severity: 'error',
      from: { path: '^plugins/' },
      to: { path: '(^|/)node_modules/(@nestjs/|typeorm/|amqplib/|express/)' },
    },
    {
      name: 'listed-dependencies-only',
      comment: 'What runs in production stands in the dependencies of its own package.json.',
      severity: 'error',
      from: { path: anywhere, pathNot: [spec, '^libs/testing/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: anywhere },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    exclude: { path: '/(dist|var)/' },
    doNotFollow: { path: '(^|/)node_modules/' },
    // Types count: a circle of types is a circle of ideas.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};

/** Who may import whom: each room with the rooms it may know besides itself. ARCHITECTURE.md gives the reasons. */
const rooms = {
  'main/domain': [],
  'main/ports': ['main/domain'],
  'main/contract': ['main/domain'],
  'main/services': ['main/ports', 'main/contract', 'main/domain'],
  'main/adapters': ['main/ports', 'main/domain', 'native'],
  'main/workers': ['main/adapters', 'main/ports', 'main/domain', 'native'],
  'main/hosts': ['main/contract', 'main/domain'],
  'main/cli': ['main/contract', 'main/domain'],
  renderer: ['main/contract', 'main/domain', 'resources'],
  preload: ['main/contract'],
  native: ['main/domain'],
};

/** Rooms that hold no driver: the packages they may use. Those not named here may use any that ships. */
const packages = {
  'main/domain': [],
  'main/ports': [],
  'main/contract': ['zod'],
  'main/services': ['zod'],
  'main/workers': [],
  'main/cli': ['zod'],
  preload: ['electron'],
};

/** Packages and built-in modules that only one place may know. */
const homes = {
  'age-encryption': ['main/adapters/backups'],
  electron: ['main/hosts/electron', 'preload/electron\\.ts'],
  'playwright-core': ['main/hosts/chromium'],
  'shamir-secret-sharing': ['main/adapters/key-stores/vault'],
  openpgp: ['main/adapters/openpgp'],
  nodemailer: ['main/adapters/message-submission'],
  kysely: ['main/adapters/databases'],
  'node:sqlite': ['main/adapters/databases', 'main/adapters/mail-clients/thunderbird'],
  pkcs11js: ['native/pkcs11'],
  '@napi-rs/keyring': ['native/keychain'],
};

const ours = '^(main|renderer|preload|native|resources|scripts|test)/';
const either = (paths) => `^(${paths.join('|')})(/|$)`;
const packagePath = (names) => `(^|/)node_modules/(${names.join('|')})/|^(${names.join('|')})$`;
const packageTypes = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

const roomRules = Object.entries(rooms).map(([room, others]) => ({
  name: `rooms:${room}`,
  severity: 'error',
  comment: `${room} may import ${['itself', ...others].join(', ')}`,
  from: { path: either([room]) },
  to: { path: ours, pathNot: either([room, ...others]) },
}));

const packageRules = Object.entries(packages).map(([room, names]) => ({
  name: `packages:${room}`,
  severity: 'error',
  comment: `${room} may use ${names.length === 0 ? 'no package' : names.join(', ')}`,
  from: { path: either([room]) },
  to: { dependencyTypes: packageTypes, ...(names.length === 0 ? {} : { pathNot: packagePath(names) }) },
}));

const homeRules = Object.entries(homes).map(([name, places]) => ({
  name: `home:${name}`,
  severity: 'error',
  comment: `${name} is imported only in ${places.join(' and ')}`,
  from: { path: '^(main|renderer|preload|native)/', pathNot: either(places) },
  to: { path: packagePath([name]) },
}));

const otherRules = [
  {
    name: 'no-cycles',
    severity: 'error',
    comment: 'two modules that need each other are one module, or lack a third',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-node-in-pure-rooms',
    severity: 'error',
    comment: 'domain, ports, contract, services and the window run without Node; what they need enters through a port',
    from: { path: either(['main/domain', 'main/ports', 'main/contract', 'main/services', 'renderer']) },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'adapters-apart',
    severity: 'error',
    comment: 'the adapters of one port do not know those of another',
    from: { path: '^main/adapters/([^/]+)/' },
    to: { path: '^main/adapters/', pathNot: '^main/adapters/$1/' },
  },
  {
    name: 'window-knows-types-only',
    severity: 'error',
    comment: 'at run time the window takes the client of the contract and pure values, nothing else of main',
    from: { path: '^renderer/' },
    to: { path: '^main/', pathNot: '^main/(contract/client\\.ts$|domain/)', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'preload-knows-types-only',
    severity: 'error',
    comment: 'the bridge is isolated: nothing of main is bundled into it',
    from: { path: '^preload/' },
    to: { path: '^main/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-tests-in-product',
    severity: 'error',
    comment: 'what ships does not depend on what tests or builds it',
    from: { path: '^(main|renderer|preload|native)/' },
    to: { path: '^(test|scripts)/' },
  },
  {
    name: 'no-development-packages-in-product',
    severity: 'error',
    comment: 'main and native run from their shipped packages; Electron brings itself',
    from: { path: '^(main|native)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packagePath(['electron']) },
  },
  {
    name: 'resolvable',
    severity: 'error',
    comment: 'an import that leads nowhere is checked by no rule',
    from: {},
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  },
];

export default {
  forbidden: [...roomRules, ...packageRules, ...homeRules, ...otherRules],
  options: {
    /** dependency-cruiser does not read TypeScript 7; with its own parser missing it would pass with no module read. */
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'types', 'default'] },
    exclude: { path: '\\.(css|svg|woff2)$' },
  },
};

'use strict';

/** `npm run e2e`: the package in a real n8n, used through its editor. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	runtime: '<rootDir>/test/support/jest/runtime.js',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	// One n8n and one mock server at a time, also on a machine with few cores.
	maxWorkers: 1,
	verbose: true,
	// What the editor is waited for has limits of its own, which are shorter.
	testTimeout: 600_000,
	globalSetup: '<rootDir>/test/e2e/setup/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/setup/globalTeardown.ts',
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	// What is not saved is gone at once on n8n 2.4. Newer versions (here on Node.js 24) delete it about an hour later: docs/secrets.md.
	testPathIgnorePatterns: ['/node_modules/', ...(Number(process.versions.node.split('.')[0]) >= 24 ? ['/pasted\\.e2e\\.ts$'] : [])],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.n8n/'],
};

'use strict';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testTimeout: 60_000,
	// Much of the time is spent waiting for servers.
	maxWorkers: '100%',
	globalSetup: '<rootDir>/test/support/globalSetup.ts',
	// Types are checked by `npm run typecheck`; here they would only cost time.
	// The upgrader of Swagger 2.0 comes as ES modules only, which jest cannot load as they are.
	transform: {
		'^.+\\.[tj]s$': ['ts-jest', { diagnostics: false, tsconfig: { ...require('./tsconfig.json').compilerOptions, allowJs: true } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!@scalar/openapi-upgrader/)'],
	// npm run coverage.
	collectCoverageFrom: ['engine/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts', 'cli/**/*.ts'],
	coverageReporters: ['text-summary', 'html'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.n8n/'],
};

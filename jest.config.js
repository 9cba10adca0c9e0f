'use strict';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testTimeout: 60_000,
	// Tests spend much of their time waiting for servers.
	maxWorkers: '100%',
	runtime: '<rootDir>/test/support/jest/runtime.js',
	globalSetup: '<rootDir>/test/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
	// `npm run typecheck` checks types; here that would only cost time.
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	// For npm run coverage.
	collectCoverageFrom: ['engine/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts', 'cli/**/*.ts'],
	coverageReporters: ['text-summary', 'html'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.n8n/', '<rootDir>/packs/'],
};

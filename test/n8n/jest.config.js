'use strict';

/** `npm run faults`: a real n8n that is killed in the middle of its work, alone and in queue mode. @type {import('jest').Config} */
module.exports = {
	...require('../e2e/jest.config.js'),
	testMatch: ['<rootDir>/test/n8n/**/*.e2e.ts'],
	globalSetup: '<rootDir>/test/n8n/globalSetup.ts',
};

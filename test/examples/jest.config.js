'use strict';

/** `npm run examples`: the example workflows in a real n8n, without a browser. @type {import('jest').Config} */
module.exports = {
	...require('../e2e/jest.config.js'),
	testMatch: ['<rootDir>/test/examples/**/*.e2e.ts'],
	globalSetup: '<rootDir>/test/examples/globalSetup.ts',
};

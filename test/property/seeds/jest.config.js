'use strict';

/** The nodes send requests that the seeds allow. Needs ../shared/seeds next to the checkout (SEEDS names another folder). */
/** @type {import('jest').Config} */
module.exports = {
	...require('../../../jest.config.js'),
	rootDir: '../../..',
	testMatch: ['<rootDir>/test/property/seeds/**/*.draws.ts'],
	testTimeout: 300_000,
};

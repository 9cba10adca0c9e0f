'use strict';

/** Requests that the seeds allow, sent by the nodes: needs ../shared/seeds beside the checkout (SEEDS names another folder). */
/** @type {import('jest').Config} */
module.exports = {
	...require('../../../jest.config.js'),
	rootDir: '../../..',
	testMatch: ['<rootDir>/test/property/seeds/**/*.draws.ts'],
	testTimeout: 300_000,
};

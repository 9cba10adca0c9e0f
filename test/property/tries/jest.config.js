'use strict';

const fs = require('node:fs');
const path = require('node:path');

const tests = path.resolve(__dirname, '../..');

// The workers inherit this variable; test/support/share.ts reads it.
process.env.TRIES = 'all';

/** Runs the tests that only try a few cases in `npm test` with all of their cases, and those that take minutes. */
/** @type {import('jest').Config} */
module.exports = {
	...require('../../../jest.config.js'),
	rootDir: '../../..',
	testMatch: [
		'<rootDir>/test/property/tries/*.tries.ts',
		...fs
			.readdirSync(tests, { recursive: true })
			.filter((file) => file.endsWith('.test.ts') && fs.readFileSync(path.join(tests, file), 'utf8').includes("/support/share'"))
			.map((file) => `<rootDir>/test/${file.split(path.sep).join('/')}`),
	],
	testTimeout: 300_000,
};

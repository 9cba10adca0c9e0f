'use strict';

const fs = require('node:fs');
const path = require('node:path');

const tests = path.resolve(__dirname, '../..');

// The workers inherit it; test/support/share.ts reads it.
process.env.TRIES = 'all';

/** The tests that try only a few things in `npm test`, with all of them. */
/** @type {import('jest').Config} */
module.exports = {
	...require('../../../jest.config.js'),
	rootDir: '../../..',
	testMatch: fs
		.readdirSync(tests, { recursive: true })
		.filter((file) => file.endsWith('.test.ts') && fs.readFileSync(path.join(tests, file), 'utf8').includes("/support/share'"))
		.map((file) => `<rootDir>/test/${file.split(path.sep).join('/')}`),
	testTimeout: 300_000,
};

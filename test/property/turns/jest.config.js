'use strict';

/** Sends a megabyte of everything through the nodes, and measures the longest turn of the event loop meanwhile. */
/** @type {import('jest').Config} */
module.exports = {
	...require('../../../jest.config.js'),
	rootDir: '../../..',
	testMatch: ['<rootDir>/test/property/turns/**/*.draws.ts'],
	testTimeout: 300_000,
};

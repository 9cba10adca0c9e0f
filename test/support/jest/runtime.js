'use strict';

const { createRequire } = require('node:module');
const path = require('node:path');

const { default: Runtime } = require('jest-runtime');

const INSTALLED = `${path.sep}node_modules${path.sep}`;
const native = createRequire(__filename);

/**
 * Loads installed packages with Node's own `require`, once for all test files of a worker. Jest would evaluate n8n-core and
 * all that it needs anew for each file, which takes longer than most tests. Our own files are loaded by jest, each test file
 * with its own.
 */
module.exports = class extends Runtime {
	requireModule(from, name, options, isRequireActual) {
		if (name && !options?.isInternalModule) {
			const file = this._resolution.isCoreModule(name) ? '' : this._resolution.resolveCjs(from, name);
			if (file.includes(INSTALLED)) return native(file);
		}
		return super.requireModule(from, name, options, isRequireActual);
	}
};

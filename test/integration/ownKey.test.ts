import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { PassThrough } from 'node:stream';

import { KEY_VARIABLE, ownKey } from '../../scripts/n8n/ownKey';

const root = path.resolve(__dirname, '../..');
const start = (args: string[], environment: { [name: string]: string } = {}) => {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/start.ts', ...args],
		{ cwd: root, env: { ...process.env, ...environment }, encoding: 'utf8', input: '' },
	);
	return { status, text: stdout + stderr };
};

/** A terminal in which somebody types. */
function terminal(typed: string) {
	const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
	let shown = '';
	setImmediate(() => input.write(typed));
	return { input, output: { write: (text: string) => (shown += text) }, shown: () => shown };
}

describe('An own API key for npm start', () => {
	it('is asked for, and not shown', async () => {
		const { input, output, shown } = terminal('the-secret-key\n');
		expect(await ownKey('nylas', { environment: {}, input, output })).toBe('the-secret-key');
		expect(shown()).toBe('API key for nylas (not shown): \n');
	});

	it('comes from the environment, where nothing finds it afterwards', async () => {
		const environment: { [name: string]: string | undefined } = { [KEY_VARIABLE]: ' the-secret-key\n' };
		expect(await ownKey('nylas', { environment, ...terminal('') })).toBe('the-secret-key');
		expect(environment).toEqual({});
	});

	it('is not taken as an argument, and not repeated', () => {
		for (const args of [
			['--vendor', 'nylas', '--key', 'the-secret-key'],
			['--vendor', 'nylas', '--key=the-secret-key'],
		]) {
			const { status, text } = start(args);
			expect(status).toBe(2);
			expect(text).toContain('use --own-key');
			expect(text).not.toContain('the-secret-key');
		}
	}, 60_000);

	it('needs a vendor, and a terminal or the environment', () => {
		expect(start(['--own-key'])).toMatchObject({ status: 2, text: expect.stringContaining('--own-key needs --vendor') });
		expect(start(['--vendor', 'nylas', '--own-key'])).toMatchObject({ status: 2, text: expect.stringContaining(`set ${KEY_VARIABLE}`) });
		expect(start(['--vendor', 'nylas', '--own-key'], { [KEY_VARIABLE]: '' }).status).toBe(2);
	}, 60_000);
});

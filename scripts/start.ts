/**
 * npm start: runs the package in a real n8n and creates a credential at each vendor; see `npm start -- --help`.
 * Exit code 0: all were created; 1: not all; 2: wrong arguments; 130: ended with Ctrl-C before the table.
 */
import * as path from 'node:path';
import { parseArgs } from 'node:util';

import { VENDORS, type DemoVendor } from './n8n/demo';
import { Problem } from './n8n/problem';
import { KEY_VARIABLE, ownKey } from './n8n/ownKey';
import { createProgress } from './n8n/progress';
import { runSession } from './n8n/session';
import { runMockServer } from './n8n/mockServer';

const root = path.resolve(__dirname, '..');

const HELP = `npm start [-- options]

Builds the package, brings a real n8n of its own into .n8n/ (the first time: minutes, up to 2.2 GB), starts it together
with a mock server that answers as the vendors do, creates a credential at each vendor there and shows what was created.
Then the editor stays open until Ctrl-C.

  --once            end after the table; exit code 0 only if all credentials were created
  --vendor <name>   this vendor alone: ${VENDORS.map(({ name }) => name).join(', ')}
  --own-key         with --vendor: call the vendor itself instead of the mock server. The API key is taken from
                    the environment variable ${KEY_VARIABLE}, or asked for and not shown.
                    n8n keeps the key, encrypted, in .n8n/data-…; deleting that folder deletes it
  --help            this text

Logs are in .n8n/: n8n.log, install.log, build.log. Deleting .n8n/ leaves nothing behind.`;

interface Arguments {
	once: boolean;
	vendors: DemoVendor[];
	/** Whether to call the real vendor, with the user's own key. */
	withOwnKey: boolean;
}

/** Parses the command line; undefined if help was requested. Throws a TypeError with a sentence if the arguments are wrong. */
function readArguments(): Arguments | undefined {
	// By now, the key is in npm's log and the shell's history; the message must not repeat it.
	if (process.argv.some((one) => /^--key(=|$)/.test(one)))
		throw new TypeError(
			`An API key is not taken as an argument, since npm's log and your shell keep those: use --own-key, which asks for it, ` +
				`or takes ${KEY_VARIABLE}. Remove the key from your shell's history`,
		);
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			vendor: { type: 'string' },
			'own-key': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { once = false, vendor, 'own-key': withOwnKey = false } = values;
	if (withOwnKey && vendor === undefined) throw new TypeError('--own-key needs --vendor: whose key is it?');
	// Example files are named like alloy-embedded, nodes like alloyEmbedded.
	const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '');
	const vendors = VENDORS.filter(({ name }) => vendor === undefined || plain(name) === plain(vendor));
	if (vendors.length === 0) {
		throw new TypeError(`There is no vendor "${vendor}". There are: ${VENDORS.map(({ name }) => name).join(', ')}`);
	}
	return { once, vendors, withOwnKey };
}

async function main(): Promise<number> {
	let given: Arguments | undefined;
	let key: string | undefined;
	try {
		given = readArguments();
		if (given?.withOwnKey)
			key = await ownKey(given.vendors[0].name, { environment: process.env, input: process.stdin, output: process.stderr });
	} catch (error) {
		console.error(`${(error as Error).message}\n\n${HELP}`);
		return 2;
	}
	if (!given) {
		console.log(HELP);
		return 0;
	}

	const stopping = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
	try {
		const complete = await runSession({
			once: given.once,
			vendors: given.vendors,
			...(key === undefined ? {} : { ownKey: key }),
			root,
			home: path.join(root, '.n8n'),
			examples: path.join(root, 'examples'),
			mockServer: runMockServer,
			progress: createProgress(),
			signal: stopping.signal,
		});
		return complete ? 0 : 1;
	} catch (error) {
		if (stopping.signal.aborted) return 130;
		if (!(error instanceof Problem)) throw error;
		console.error(`\n${error.message}${error.log ? `\nMore in ${error.log}` : ''}`);
		return 1;
	}
}

main().then(
	(code) => process.exit(code),
	(error) => {
		console.error(error);
		process.exit(1);
	},
);

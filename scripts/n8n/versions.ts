import { Problem } from './problem';

/** A release of n8n, and how to install it. */
export interface Release {
	version: string;
	/** The package.json from which it is installed. */
	manifest: {
		private: true;
		dependencies: Record<string, string>;
		overrides: Record<string, string>;
		allowScripts: Record<string, boolean>;
	};
	/** Additional arguments for `npm install`. */
	flags: string[];
	/** Packages other than sqlite3 whose install scripts build binaries. No other install scripts run. */
	binaries: string[];
	/** Size of the installation, in GB. */
	gigabytes: number;
}

/** n8n stores its data in SQLite. Both releases of n8n require exactly this version of the binding. */
export const SQLITE3 = '5.1.7';

// n8n takes xlsx from a CDN that is not reachable everywhere. The node-gyp that sqlite3 requests needs a module that
// Python 3.12 no longer has.
const OVERRIDES = { xlsx: 'npm:xlsx@0.18.5', 'node-gyp': '11.5.0' };

/** The Node that tests with an older one install for the newest line of n8n. */
export const NODE_24 = '24.21.0';

/** The newest line of n8n that runs on Node 20. */
const ON_NODE_20 = release('2.4.8', { gigabytes: 1.6 });

const ON_NODE_24 = release('2.41.1', {
	// Versions that its dependencies request but that do not exist or are incompatible with each other.
	overrides: {
		cssomnom: 'npm:rrweb-cssom@0.8.0',
		'@langchain/langgraph': '1.2.9',
		'@langchain/langgraph-checkpoint': '1.1.5',
	},
	flags: ['--legacy-peer-deps'],
	// A peer of ts-ics, which the flag above leaves out; without it n8n cannot load Extract From File.
	dependencies: { 'date-fns': '2.30.0' },
	binaries: ['isolated-vm'],
	gigabytes: 2.2,
});

/**
 * The release for a version of Node, according to n8n's `engines`: `>=20.19 <=24` for 2.4.8, `>=24` for 2.41.1.
 *
 * @param node the version, such as `20.20.2`; by default the running one.
 * @throws Problem if no release runs on it.
 */
export function releaseFor(node: string = process.versions.node): Release {
	const [major, minor] = node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 19)) {
		throw new Problem(`n8n needs Node 20.19 or newer, and this is Node ${node}.`);
	}
	return major < 24 ? ON_NODE_20 : ON_NODE_24;
}

interface Specials {
	overrides?: Record<string, string>;
	flags?: string[];
	dependencies?: Record<string, string>;
	binaries?: string[];
	gigabytes: number;
}

function release(version: string, { overrides, flags = [], dependencies, binaries = [], gigabytes }: Specials): Release {
	const allowScripts = Object.fromEntries(['sqlite3', ...binaries].map((name) => [name, true]));
	return {
		version,
		manifest: {
			private: true,
			dependencies: { n8n: version, sqlite3: SQLITE3, ...dependencies },
			overrides: { ...OVERRIDES, ...overrides },
			// npm 12 only runs the install scripts of these packages.
			allowScripts,
		},
		flags,
		binaries,
		gigabytes,
	};
}

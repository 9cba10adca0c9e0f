import { Problem } from './problem';

/** A release of n8n, and how it is installed. */
export interface Release {
	version: string;
	/** The package.json that it is installed from. */
	manifest: {
		private: true;
		dependencies: Record<string, string>;
		overrides: Record<string, string>;
		allowScripts: Record<string, boolean>;
	};
	/** What `npm install` needs besides. */
	flags: string[];
	/** Packages whose install scripts make binaries, besides sqlite3. Nobody else's install scripts run. */
	binaries: string[];
	/** What it takes up when installed, in GB. */
	gigabytes: number;
}

/** n8n keeps its data in SQLite. Both releases of n8n ask for exactly this version of the binding. */
export const SQLITE3 = '5.1.7';

// xlsx comes from a CDN that is not reachable everywhere. The node-gyp that sqlite3 asks for needs a module that
// Python 3.12 no longer has.
const OVERRIDES = { xlsx: 'npm:xlsx@0.18.5', 'node-gyp': '11.5.0' };

/** The Node that tests bring for the newest line of n8n, where they run with an older one. */
export const NODE_24 = '24.21.0';

/** The newest line of n8n that runs on Node 20. */
const ON_NODE_20 = release('2.4.8', { gigabytes: 1.6 });

const ON_NODE_24 = release('2.41.1', {
	// Versions that its dependencies ask for and that cannot be found, or do not fit each other.
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
 * The release for a version of Node: n8n 2.4.8 says `>=20.19 <=24`, n8n 2.41.1 says `>=24` (their `engines`).
 *
 * @param node such as `20.20.2`; by default the running one.
 * @throws Problem where no release runs on it.
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
			// npm 12 runs install scripts of these only.
			allowScripts,
		},
		flags,
		binaries,
		gigabytes,
	};
}

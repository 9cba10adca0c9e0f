import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import { runVendor } from '../../../cli/main';

export const ROOT = path.resolve(__dirname, '../../..');
const CORPUS = process.env.OPENAPI_CORPUS ?? path.resolve(ROOT, '../shared/openapi-corpus');

/** What one call of the command line came to. */
export interface Called {
	code: number | null;
	out: string;
	err: string;
}

/** Calls the command line in this process. */
export async function call(argv: string[], { stdin = '', root = ROOT }: { stdin?: string; root?: string } = {}): Promise<Called> {
	const said = { out: '', err: '' };
	const io = {
		stdin: async () => stdin,
		out: (text: string) => void (said.out += `${text}\n`),
		err: (text: string) => void (said.err += `${text}\n`),
		root,
	};
	return { code: await runVendor(argv, io), ...said };
}

/** Calls it in a process of its own, as `npm run vendor` does. */
export function spawnVendor(argv: string[], { stdin = '', root = ROOT }: { stdin?: string; root?: string } = {}): Called {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[path.join(ROOT, 'node_modules/tsx/dist/cli.mjs'), path.join(root, 'cli/index.ts'), ...argv],
		{ cwd: root, input: stdin, encoding: 'utf8' },
	);
	return { code: status, out: stdout, err: stderr };
}

/** A document of these tests. */
export function fixture(name: string): string {
	return path.join(__dirname, 'fixtures', name);
}

/** Real documents, where they are on this machine; all of them, or those of these names. */
export function corpus(...names: string[]): string[] {
	const files = fs.existsSync(CORPUS) ? fs.readdirSync(CORPUS).filter((file) => file.endsWith('.json')) : [];
	return files.filter((file) => names.length === 0 || names.includes(path.basename(file, '.json'))).map((file) => path.join(CORPUS, file));
}

import * as readline from 'node:readline';
import { Writable, type Readable } from 'node:stream';

/** Environment variable for the user's own API key. A command-line argument would end up in npm's log and the shell's history. */
export const KEY_VARIABLE = 'VENDOR_API_KEY';

/** Where a key may come from. */
export interface Sources {
	/** The variable is removed from it, so that no other process inherits it. */
	environment: { [name: string]: string | undefined };
	input: Readable & { isTTY?: boolean };
	output: { write(text: string): unknown };
}

/**
 * A vendor's API key, from the environment or from a prompt that does not show it.
 * @throws TypeError with a sentence if there is none
 */
export async function ownKey(vendor: string, { environment, input, output }: Sources): Promise<string> {
	const given = environment[KEY_VARIABLE];
	delete environment[KEY_VARIABLE];
	const key = (given ?? (input.isTTY ? await asked(`API key for ${vendor} (not shown): `, input, output) : '')).trim();
	if (key === '') throw new TypeError(`There is no key: set ${KEY_VARIABLE}, or enter it in a terminal.`);
	return key;
}

async function asked(question: string, input: Readable, output: Sources['output']): Promise<string> {
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = readline.createInterface({ input, output: silent, terminal: true, historySize: 0 });
	try {
		output.write(question);
		return await new Promise<string>((resolve) => {
			lines.once('line', resolve);
			lines.once('close', () => resolve(''));
		});
	} finally {
		lines.close();
		output.write('\n');
	}
}

import { parseArgs } from 'node:util';

import { startStandin } from './server';

/** Runs the stand-in until it is told to stop: `npx tsx test/support/mockServer/main.ts --port 4010`. Exit 1 where it cannot start. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' } } });
	const standin = await startStandin({ port: Number(values.port) });
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void standin.close());
	}
	// Last, because whoever reads it may stop us at once.
	process.stdout.write(`stand-in listening on ${standin.url}\n`);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});

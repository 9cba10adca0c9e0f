import { parseArgs } from 'node:util';

import { startMockServer } from './server';

/** Runs the mock server until it is stopped: `npx tsx test/support/mockServer/main.ts --port 4010`. Exit code 1: it cannot start. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' } } });
	const mockServer = await startMockServer({ port: Number(values.port) });
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void mockServer.close());
	}
	// This comes last, because whoever reads it may stop this process at once.
	process.stdout.write(`mock server listening on ${mockServer.url}\n`);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});

import * as fs from 'node:fs';

/** Removes what `globalSetup` made. */
export default function globalTeardown(): void {
	fs.rmSync(process.env.TEST_N8N_FOLDER ?? '', { recursive: true, force: true });
}

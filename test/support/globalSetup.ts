import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { generate } from '../../scripts/generate';

/** Updates the nodes' generated files, which the tests read, and makes the folder that n8n-core writes into. */
export default function globalSetup(): void {
	generate(path.resolve(__dirname, '../..'));
	process.env.TEST_N8N_FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), 'n8n-test-'));
}

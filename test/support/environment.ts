import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

// n8n-core reads these variables when it is first required, and writes a settings file into the user folder.
process.env.N8N_USER_FOLDER = process.env.TEST_N8N_FOLDER ?? ownFolder();
process.env.N8N_ENCRYPTION_KEY = 'test';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';
import 'reflect-metadata';

/** A folder for programs other than jest, which have no global setup. */
function ownFolder(): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'n8n-test-'));
	process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
	return folder;
}

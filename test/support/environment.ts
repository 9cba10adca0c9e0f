import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

// n8n-core reads these variables when it is first required, and writes a settings file into the user folder.
process.env.N8N_USER_FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), 'n8n-test-'));
process.env.N8N_ENCRYPTION_KEY = 'test';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';
import 'reflect-metadata';

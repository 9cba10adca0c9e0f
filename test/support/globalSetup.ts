import * as path from 'node:path';

import { generate } from '../../scripts/generate';

/** The tests read the generated files of the nodes, so these are brought up to date first. */
export default function globalSetup(): void {
	generate(path.resolve(__dirname, '../..'));
}

import * as path from 'node:path';

import { generate } from '../../scripts/generate';

/** Updates the nodes' generated files, which the tests read. */
export default function globalSetup(): void {
	generate(path.resolve(__dirname, '../..'));
}

import * as fs from 'node:fs';
import * as path from 'node:path';

import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import type { INodeExecutionData } from 'n8n-workflow';

const NODES = path.resolve(__dirname, '../../nodes');
/** Properties that the engine itself adds to a record. */
const OWN = ['vendor', 'outcome', 'link', 'linked', 'deleted', 'knownCredentialIds'];

const ajv = new Ajv2020({ strict: false, allErrors: true });
const validators = new Map<string, ValidateFunction | undefined>();

/**
 * Checks a shipped node's items against the output schema that it ships and that n8n's editor shows.
 * @param type the node's name, such as `nylas`
 * @throws Error naming what does not match
 */
export function checkOutputs(type: string, resource: unknown, operation: unknown, items: INodeExecutionData[]): void {
	const place = `${type.charAt(0).toUpperCase()}${type.slice(1)}/__schema__/v1.0.0/${String(resource)}/${String(operation)}.json`;
	const file = path.join(NODES, place);
	if (!fs.existsSync(path.join(NODES, place.split('/')[0]))) return;
	const validate = validators.get(file) ?? ajv.compile(JSON.parse(fs.readFileSync(file, 'utf8')) as object);
	validators.set(file, validate);
	const { properties } = validate.schema as { properties: { [name: string]: unknown } };
	for (const { json } of items) {
		if ('error' in json || 'dryRun' in json) continue;
		const undeclared = OWN.filter((name) => name in json && !(name in properties));
		if (undeclared.length > 0) throw new Error(`${place} lacks ${undeclared.join(', ')}`);
		if (!validate(json)) throw new Error(`${place}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(json)}`);
	}
}

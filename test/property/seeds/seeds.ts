import * as fs from 'node:fs';
import * as path from 'node:path';

import type { Schema, SchemaObject } from '../corpus/schema';

const ROOT = path.resolve(__dirname, '../../..');

/** A vendor's own page (a document), and our document for it. */
export interface Seed {
	/** The vendor's name in `test/support/vendors.ts`. */
	vendor: string;
	/** File in the seeds folder. */
	file: string;
	/** Our document. */
	ours: string;
	/** The object in the body that holds the secrets: it accepts any names unless the page forbids them. */
	secret: string;
}

export const SEEDS: Seed[] = [
	{ vendor: 'nylas', file: 'nylas.json', ours: 'nodes/Nylas/nylas.openapi.yaml', secret: 'credential_data' },
	{ vendor: 'arklow', file: 'arklow.json', ours: 'nodes/Arklow/arklow.openapi.yaml', secret: 'secret' },
	{ vendor: 'mielto', file: 'mielto.json', ours: 'nodes/Mielto/mielto.openapi.yaml', secret: 'credentials' },
	{ vendor: 'alloyEmbedded', file: 'alloy-embedded.json', ours: 'nodes/AlloyEmbedded/alloyEmbedded.openapi.yaml', secret: 'data' },
	{
		vendor: 'alloyConnectivity',
		file: 'alloy-connectivity.json',
		ours: 'nodes/AlloyConnectivity/alloyConnectivity.openapi.yaml',
		secret: 'data',
	},
];

export function seedFile({ file }: Seed): string {
	const folder = process.env.SEEDS ?? path.resolve(ROOT, '../shared/seeds');
	if (!fs.existsSync(folder)) throw new Error(`There are no seeds at ${folder}. Put them there, or name their folder in SEEDS.`);
	return path.join(folder, file);
}

export function ourFile({ ours }: Seed): string {
	return path.join(ROOT, ours);
}

/** Adapts a schema: secret objects accept additional names unless it says otherwise, and required texts are not empty. */
export function asDrawn(schema: Schema, secret: string, isSecret = false, needed = false): Schema {
	if (typeof schema !== 'object' || schema === null) return schema;
	const own = schema;
	const required = (own.required ?? []) as string[];
	const within = (one: unknown) => asDrawn(one as Schema, secret, isSecret, needed);
	const result: SchemaObject = { ...own };
	for (const keyword of ['anyOf', 'oneOf', 'allOf']) if (Array.isArray(own[keyword])) result[keyword] = own[keyword].map(within);
	if (typeof own.properties === 'object') {
		const properties = Object.entries(own.properties as { [name: string]: Schema });
		result.properties = Object.fromEntries(
			properties.map(([name, one]) => [name, asDrawn(one, secret, isSecret || name === secret, required.includes(name))]),
		);
		if (isSecret && own.additionalProperties === undefined) result.additionalProperties = true;
	}
	if (needed && own.type === 'string' && own.enum === undefined && own.const === undefined)
		result.minLength = Math.max(1, Number(own.minLength ?? 0));
	return result;
}

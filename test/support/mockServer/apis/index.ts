import { sample } from '../sample';
import type { Vendor } from '../types';
import { alloy } from './alloy';
import { alloyConnectivity } from './alloyConnectivity';
import { alloyEmbedded } from './alloyEmbedded';
import { arklow } from './arklow';
import { mielto } from './mielto';
import { nylas } from './nylas';

const VENDORS: Record<string, Vendor> = { alloyConnectivity, alloyEmbedded, arklow, mielto, nylas };

/** The API key that each vendor accepts. Alloy's two APIs accept the same one. */
export const KEYS: Record<string, string> = {
	nylas: nylas.key,
	arklow: arklow.key,
	mielto: mielto.key,
	alloy: alloy.key,
};

/** A document's vendor. One without a file in this folder responds from its document alone. */
export function vendorOf(name: string): Vendor {
	return Object.hasOwn(VENDORS, name) ? VENDORS[name] : documentOnly(name);
}

// Allows trying a newly added vendor at once.
function documentOnly(name: string): Vendor {
	return {
		key: `${name}-demo-key`,
		refusal: 400,
		error: ({ message, echo, schema }) => {
			const body = schema === undefined ? {} : sample(schema);
			return isObject(body) ? { ...body, message, ...(echo ? { request: echo } : {}) } : body;
		},
		answers: {},
	};
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
